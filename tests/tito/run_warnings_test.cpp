// What a run says besides points: of times, of places, and of files that were
// not taken.
#include "grader/gradebook/gradebook.hpp"
#include "two_students.hpp"

namespace fs = std::filesystem;

namespace {

const std::vector<std::string> kRun = {"run", "submissions", "--modules",
                                       "02",  "--out",       "grades.csv"};

std::vector<std::string> with(std::vector<std::string> words,
                              const std::vector<std::string>& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

}  // namespace

TEST_CASE("a run names whose time is not told, and equal work that moved") {
  const TwoStudents course;
  const auto at = [&](const std::string& times) {
    spit(course.path() / "times.csv", "student,submitted_at\n" + times);
    return course.grade(with(kRun, {"--times", "times.csv"})).output;
  };
  const std::string first =
      at("ada,2026-03-02T12:00:00Z\nbbo,2026-03-02T12:00:00Z\n");
  CHECK(contains(first, "times.csv has no time for bob:"));
  CHECK(contains(first, "times.csv has times for bbo: nothing here"));
  CHECK_FALSE(contains(at("ada,2026-03-02T12:00:00Z\n"), "the same work"));
  CHECK(contains(at("ada,2026-03-05T12:00:00Z\n"),
                 "ada: the same work, handed in at 2026-03-02T12:00:00Z"));
}

TEST_CASE("one submission is no directory of submissions") {
  const TwoStudents course;
  for (const char* place : {"submissions/ada", "submissions/ada/modules"}) {
    const auto result = course.grade({"run", place, "--out", "grades.csv"});
    CHECK(result.code == 2);
    CHECK(contains(result.output, "is one submission, because it holds"));
  }
  fs::create_directories(course.path() / "submissions/__MACOSX");
  CHECK(contains(course.grade(kRun).output,
                 "'__MACOSX': a Mac put it there, and no student"));
}

TEST_CASE("what was not taken of a submission is told") {
  const TwoStudents course;
  const fs::path all = course.path() / "submissions";
  const fs::path source = "modules/01_tensor/src/tensor.cpp";
  spit(all / "cy" / source, slurp(COURSE_DIR / source));
  spit(all / "dee/README.md", "I did all of it");
  spit(all / "eve/hw2/src/Tensor.cpp", slurp(COURSE_DIR / source));
  const auto run = course.grade(
      {"run", "submissions", "--modules", "01", "--out", "grades.csv"});
  INFO(run.output);
  CHECK(contains(run.output,
                 "cy: 01_tensor/src/views.cpp is not there: its stub counts"));
  CHECK_FALSE(contains(run.output, "tensor.cpp is not there"));
  const std::string nothing =
      "no file of the course was taken: it holds README.md";
  CHECK(contains(run.output, "dee: " + nothing));
  CHECK(
      contains(run.output,
               "eve: 'hw2/src/Tensor.cpp' looks like tensor.cpp of 01_tensor, "
               "but is not modules/01_tensor/src/tensor.cpp: not taken"));
  CHECK(contains(run.output, "1 graded, 4 without work, 0 refused"));

  CHECK(
      contains(course.grade({"show", "cy"}).output, "views.cpp is not there"));
  CHECK(contains(course.grade({"show", "dee"}).output, nothing));
  CHECK(course.grade({"feedback", "--out", "pages"}).code == 0);
  CHECK(contains(slurp(course.path() / "pages/cy.html"),
                 "01_tensor/src/views.cpp is not there: its stub counts"));
}

TEST_CASE("grade ci: what comes after a mistake is not begun, and has no 0") {
  const CourseWorkspace workspace;
  spit(workspace.source("views.cpp"), "this is no C++\n");
  const auto result = workspace.tito({"grade", "ci", "--out", "grades.csv"});
  INFO(result.output);
  CHECK(result.code == 1);
  const std::string csv = slurp(workspace.path() / "grades.csv");
  CHECK(contains(csv, "workspace,01_tensor,0,100,compile-error"));
  CHECK(contains(csv, "workspace,02_activations,,100,missing"));
}
