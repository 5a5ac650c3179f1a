// The autograder that Gradescope runs, run as Gradescope runs it.
#include "release/gradescope.hpp"

#include <fmt/chrono.h>
#include <unistd.h>

#include <ctime>

#include "course_workspace.hpp"
#include "dev/course.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const fs::path kCourse = COURSE_DIR;
const fs::path kSolution = kCourse / "solutions/01_tensor/src";

/// /autograder after setup.sh, elsewhere. The tree is already built.
class Autograder {
 public:
  Autograder() {
    const fs::path course = root() / "source/course";
    fs::create_directories(course);
    fs::create_directories(root() / "submission");
    fs::create_directory_symlink(kCourse / "modules", course / "modules");
    fs::create_directory_symlink(BUILD_DIR, course / "build");
    spit(root() / "source/module", "01_tensor\n");
    spit(root() / "source/answers-per-day", "2\n");
    // As in Gradescope's containers: the way to them is open to everybody.
    fs::permissions(root(), fs::perms(0755));
  }

  fs::path root() const { return scratch_.path(); }
  fs::path submission() const { return root() / "submission"; }

  void without_sandboxes() { path_ = (root() / "bin").string() + ":" + path_; }

  void hand_in(const fs::path& from, const fs::path& folder = "") const {
    fs::create_directories(submission() / folder);
    fs::copy(
        from, submission() / folder,
        fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  }

  json results() const {
    spit(root() / "bin/bwrap", "#!/bin/sh\nexit 1\n");
    fs::permissions(root() / "bin/bwrap", fs::perms(0755));
    grader::Command command;
    command.argv = {kCourse / "grader/templates/gradescope/run_autograder"};
    command.directory = root();
    command.environment = {"AUTOGRADER_ROOT=" + root().string(),
                           "PATH=" + path_};
    const auto result = grader::run(command);
    INFO(result.output);
    CHECK(result.code == 0);
    return json::parse(slurp(root() / "results/results.json"));
  }

 private:
  Scratch scratch_;
  std::string path_ = std::getenv("PATH");
};

bool is_full(const json& results) {
  INFO(results.dump(2));
  CHECK(results.at("tests").size() > 10);
  for (const json& test : results.at("tests")) {
    CHECK(test.at("status") == "passed");
  }
  return results.at("score") == 100.0;
}

}  // namespace

TEST_CASE("the autograder's archive has Gradescope's layout", "[class]") {
  const auto course = tito::dev::open_course(kCourse);
  const auto files = tito::release::gradescope_files(
      course, *course.curriculum.module("05"), 5);
  const auto find = [&](const std::string& path) {
    for (const auto& file : files) {
      if (file.path == path) return file;
    }
    FAIL(path << " is not in the archive");
    return files.front();
  };
  CHECK(find("setup.sh").executable);
  CHECK(find("run_autograder").executable);
  CHECK(find("module").text == "05_autograd\n");
  CHECK(find("answers-per-day").text == "5\n");
  CHECK(find("course/scripts/setup.sh").executable);
  CHECK(!find("course/README.md").executable);
  CHECK(!find("course/solutions/05_autograd/src/graph.cpp").text.empty());
  for (const auto& file : files) {
    CHECK(!file.path.starts_with("course/build/"));
    CHECK(!file.path.starts_with("course/.git/"));
  }
}

TEST_CASE("loose files, as Gradescope unpacks them", "[class]") {
  const Autograder autograder;
  autograder.hand_in(kSolution);
  CHECK(is_full(autograder.results()));
  // The stub of one file costs its tasks.
  fs::copy_file(kCourse / "modules/01_tensor/src/matmul.cpp",
                autograder.submission() / "matmul.cpp",
                fs::copy_options::overwrite_existing);
  const json partial = autograder.results();
  CHECK(partial.at("score") > 0.0);
  CHECK(partial.at("score") < 100.0);
}

TEST_CASE("only so many submissions a day are answered", "[class]") {
  const Autograder autograder;
  autograder.hand_in(kSolution);
  const auto time = [](long hours_ago) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.000000+00:00",
                       fmt::gmtime(std::time(nullptr) - hours_ago * 3600));
  };
  const auto earlier = [&](std::vector<long> hours,
                           const char* visibility = "visible", long now = 0) {
    json list = json::array();
    for (const long ago : hours) {
      list.push_back({{"submission_time", time(ago)},
                      {"results", {{"visibility", visibility}}}});
    }
    spit(autograder.root() / "submission_metadata.json",
         json({{"created_at", time(now)}, {"previous_submissions", list}})
             .dump());
  };
  earlier({1, 30});
  CHECK(is_full(autograder.results()));
  // Those without an answer use up none.
  earlier({1, 2, 3}, "after_published");
  CHECK(is_full(autograder.results()));
  // Graded again two days later it stays hidden.
  earlier({49, 50}, "visible", 48);
  CHECK(autograder.results().at("visibility") == "after_published");
  earlier({1, 23, 30});
  const json limited = autograder.results();
  CHECK(limited.at("score") == 100.0);
  CHECK(limited.at("visibility") == "after_published");
  for (const json& test : limited.at("tests")) {
    CHECK(test.at("visibility") == "after_published");
  }
}

TEST_CASE("what tito submit packed, packed or unpacked", "[class]") {
  const CourseWorkspace student;
  student.solve("01_tensor");
  REQUIRE(student.tito({"submit", "--student", "s1"}).code == 0);
  const Autograder packed;
  packed.hand_in(student.path() / "s1.zip");
  CHECK(is_full(packed.results()));
  const Autograder unpacked;
  unpacked.hand_in(kSolution, "modules/01_tensor/src");
  spit(unpacked.submission() / "manifest.json",
       "{\n  \"student\": \"../s1\",\n}\n");
  CHECK(is_full(unpacked.results()));
}

TEST_CASE("an archive of an earlier day does not hide newer files", "[class]") {
  const CourseWorkspace student;
  student.solve("01_tensor");
  spit(student.source("matmul.cpp"), "this is no C++\n");
  REQUIRE(student.tito({"submit", "--student", "s1"}).code == 0);
  const Autograder autograder;
  autograder.hand_in(student.path() / "s1.zip");
  autograder.hand_in(kSolution, "modules/01_tensor/src");
  CHECK(is_full(autograder.results()));
}

TEST_CASE("a failure of ours is an error, not a zero", "[class]") {
  const Autograder autograder;
  autograder.hand_in(kSolution);
  fs::remove(autograder.root() / "source/course/build");
  const json unbuilt = autograder.results();
  CHECK(!unbuilt.contains("score"));
  CHECK(contains(unbuilt.at("output"), "The autograder failed"));
  CHECK(contains(unbuilt.at("output"), "setup.sh"));
  fs::create_directories(autograder.root() / "source/course/build/bin");
  const fs::path tito = autograder.root() / "source/course/build/bin/tito";
  spit(tito, "#!/bin/sh\n[ $2 = doctor ] || exit 3\n");
  fs::permissions(tito, fs::perms(0755));
  const json failed = autograder.results();
  CHECK(!failed.contains("score"));
  CHECK(contains(failed.at("output"), "the grader reports a problem"));
}

TEST_CASE("an upload without the module's files says so", "[class]") {
  const Autograder autograder;
  spit(autograder.submission() / "my notes.txt", "x");
  const json results = autograder.results();
  CHECK(!results.contains("score"));
  CHECK(contains(results.at("output"), "holds nothing of 01_tensor"));
  CHECK(contains(results.at("output"), "matmul.cpp"));
}

TEST_CASE("without sandboxes nobody reads the course", "[class]") {
  if (geteuid() != 0) return;
  Autograder autograder;
  autograder.without_sandboxes();
  autograder.hand_in(kSolution);
  CHECK(is_full(autograder.results()));
  const fs::path secret = autograder.root() / "source/secret.cpp";
  fs::copy_file(kSolution / "matmul.cpp", secret);
  fs::permissions(secret, fs::perms(0644));
  spit(autograder.submission() / "matmul.cpp",
       "#include \"" + secret.string() + "\"\n");
  const json stolen = autograder.results();
  CHECK(stolen.at("score") == 0.0);
  CHECK(contains(stolen.at("output"), "Permission denied"));
}
