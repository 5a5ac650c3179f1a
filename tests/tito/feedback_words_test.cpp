// What `tito grade feedback` and `tito grade similarity` do and say.
#include <sstream>

#include "course_workspace.hpp"
#include "grader/gradebook/gradebook.hpp"
#include "grader/gradebook/pseudonym.hpp"
#include "grader/submission.hpp"

namespace fs = std::filesystem;
using grader::Gradebook;

namespace {

constexpr const char* kBroken = "int first;\nint second\nint third;\n";

/// Two submissions that are the same, and a gradebook that knows one of them.
class CourseWithSubmissions {
 public:
  CourseWithSubmissions() {
    std::string text = kBroken;
    for (int i = 0; i < 40; ++i) {
      text += "void f" + std::to_string(i) + "(long a) { if (a > " +
              std::string(static_cast<std::size_t>(i) + 1, '-') +
              "a) throw a * 2; }\n";
    }
    for (const char* id : {"ada", "bob"}) {
      fs::create_directories(path() / "in" / id);
      spit(path() / "in" / id / "matmul.cpp", text);
    }
    record();
  }

  fs::path path() const { return workspace_.path(); }
  fs::path file() const { return path() / ".tito/gradebook.db"; }
  std::string page(const std::string& name) const {
    return slurp(path() / "out" / name);
  }
  grader::ProcessResult run(std::vector<std::string> words) const {
    words.insert(words.begin(), "grade");
    return workspace_.tito(words);
  }

 private:
  void record() const {
    grader::ModuleGrade grade;
    grade.number = "01";
    grade.folder = "01_tensor";
    grade.maximum = 100;
    grade.outcome = grader::Outcome::compile_error;
    grade.detail = "01_tensor/src/matmul.cpp:2: expected ';'";
    const auto curriculum =
        grader::Curriculum::load(COURSE_DIR "/modules/curriculum.json");
    const auto handed =
        grader::read_submission({"ada", path() / "in/ada"}, curriculum);
    Gradebook book(file());
    book.record(book.begin_run({}), {"ada", {grade}, {}, {}},
                {content_hash(handed), {}, ""});
  }

  CourseWorkspace workspace_;
};

}  // namespace

TEST_CASE("feedback words: a page shows the line of a compile error") {
  const CourseWithSubmissions course;
  const auto made =
      course.run({"feedback", "--out", "out", "--submissions", "in"});
  INFO(made.output);
  CHECK(made.code == 0);
  CHECK(contains(course.page("ada.html"), "&gt;    2  int second"));
  // Handed in again since it was graded: other lines would mislead.
  spit(course.path() / "in/ada/matmul.cpp", "something else\n");
  CHECK(course.run({"feedback", "--out", "out", "--submissions", "in"}).code ==
        0);
  CHECK_FALSE(contains(course.page("ada.html"), "something else"));
  CHECK(contains(course.page("ada.html"), "matmul.cpp:2"));
}

TEST_CASE("feedback words: modules that nobody has begun can be left out") {
  const CourseWithSubmissions course;
  CHECK(course.run({"feedback", "--out", "out", "--module", "1,02"}).code == 0);
  CHECK(contains(course.page("ada.html"), "0</strong> of 200 points"));
  CHECK_FALSE(contains(course.page("index.html"), "03 Layers"));
}

TEST_CASE("feedback words: similar submissions, with names and without") {
  const CourseWithSubmissions course;
  const auto text = course.run({"similarity", "in"});
  INFO(text.output);
  CHECK(text.code == 0);
  CHECK(contains(text.output, "never a verdict"));
  CHECK(contains(text.output, "ada, bob"));
  CHECK(contains(text.output, "1 pair"));
  const auto json = course.run({"similarity", "in", "--json"});
  spit(course.path() / "alike.json", json.output);
  CHECK(course.run({"feedback", "--out", "out", "--similarity", "alike.json"})
            .code == 0);
  CHECK(contains(course.page("index.html"), "<bdi>ada</bdi> and <bdi>bob"));
  fs::remove_all(course.path() / "out");
  CHECK(course
            .run({"feedback", "--out", "out", "--anonymous", "--similarity",
                  "alike.json"})
            .code == 0);
  const Gradebook book(course.file());
  const auto index = course.page("index.html");
  CHECK(contains(index, grader::pseudonym(book.course_key(), "bob")));
  CHECK_FALSE(contains(index, ">ada<"));
  CHECK_FALSE(contains(index, ">bob<"));
}

TEST_CASE("feedback words: what cannot be is wrong usage") {
  const CourseWithSubmissions course;
  const auto refuses = [&](const std::vector<std::string>& words,
                           const std::string& part) {
    const auto result = course.run(words);
    INFO(result.output);
    CHECK(result.code == 2);
    CHECK(contains(result.output, part));
  };
  refuses({"feedback", "--out", "out", "--run", "9"}, "no run 9");
  refuses({"feedback", "--out", "out", "--module", "77"}, "77");
  refuses({"feedback", "--out", "in"}, "holds other files");
  refuses({"similarity", "nowhere"}, "is not a directory of submissions");
  refuses({"similarity", "in", "--modules", "77"}, "77");
  spit(course.path() / "alike.json", "{}");
  refuses({"feedback", "--out", "out", "--similarity", "alike.json"},
          "tito grade similarity DIRECTORY --json");
  CHECK_FALSE(fs::exists(course.path() / "out"));
}
