// Submission times, and grading again what was graded, on a real module.
#include "grader/gradebook/gradebook.hpp"
#include "two_students.hpp"

namespace fs = std::filesystem;

TEST_CASE("submission times make late work late, and a regrade changes none") {
  const TwoStudents course;
  const std::vector<std::string> run = {"run", "submissions", "--modules",
                                        "02",  "--out",       "grades.csv"};
  spit(course.path() / "times.csv",
       "student,submitted_at\nada,2026-03-02T12:00:00Z\n");
  auto timed = run;
  timed.insert(timed.end(), {"--times", "times.csv"});
  const auto first = course.grade(timed);
  INFO(first.output);
  REQUIRE(first.code == 0);
  CHECK(contains(first.output, "times.csv has no time for bob:"));
  CHECK(course
            .grade({"policy", "set", "--due", "02=2026-03-01T23:59:00Z",
                    "--percent", "10", "--why", "announced"})
            .code == 0);
  const auto is_late = [&] {
    const auto exported =
        course.grade({"export", "--format", "csv-wide", "--out", "wide.csv"});
    return exported.code == 0 &&
           contains(slurp(course.path() / "wide.csv"), "ada,,,,,90,");
  };
  CHECK(is_late());

  course.spoil_verdicts();
  REQUIRE(course.grade(run).code == 0);
  CHECK(contains(course.csv(), "bob,02_activations,40,"));
  // What failed here leaves it as it is known, and so does another module.
  CHECK(
      contains(course.grade({"regrade", "--failed-infra", "--why", "w"}).output,
               "0 scores changed, 0 dropped"));
  const auto other = course.grade({"regrade", "--task", "03.1", "--why", "w"});
  CHECK(other.code == 2);
  CHECK(contains(other.output, "no run graded module 03 yet"));
  const auto result = course.grade(
      {"regrade", "--task", "02.1", "--why", "spoilt", "--out", "grades.csv"});
  INFO(result.output);
  CHECK(result.code == 0);
  CHECK(contains(result.output, "1 score changed, 1 dropped"));
  CHECK(contains(course.csv(), "bob,02_activations,0,"));
  CHECK(is_late());
  const grader::Gradebook book(course.path() / "book.db");
  CHECK(book.ledger().back().why == "spoilt");
  CHECK(book.ledger().back().item == "02.1");
}

TEST_CASE(
    "a regrade takes the last run that has the module, or changes nothing") {
  const TwoStudents course;
  const auto run = [&](const char* module) {
    return course.grade(
        {"run", "submissions", "--modules", module, "--out", "grades.csv"});
  };
  REQUIRE(run("02").code == 0);
  course.spoil_verdicts();
  REQUIRE(run("01").code == 0);
  const std::vector<std::string> regrade = {
      "regrade", "--task", "02.1", "--why", "spoilt", "--out", "grades.csv"};
  fs::rename(course.path() / "submissions", course.path() / "elsewhere");
  CHECK(course.grade(regrade).code == 2);
  CHECK(grader::Gradebook(course.path() / "book.db").ledger().empty());
  fs::rename(course.path() / "elsewhere", course.path() / "submissions");
  REQUIRE(course.grade(regrade).code == 0);
  CHECK(contains(course.csv(), "bob,02_activations,0,"));
  CHECK_FALSE(contains(course.csv(), "01_tensor"));
}

TEST_CASE("a regrade knows what a run over all modules had") {
  const TwoStudents course;
  REQUIRE(course.grade({"run", "submissions", "--out", "grades.csv"}).code ==
          0);
  course.spoil_verdicts();
  const auto of = [&](const char* task) {
    return course.grade(
        {"regrade", "--task", task, "--why", "w", "--out", "grades.csv"});
  };
  CHECK(contains(of("03.1").output, "no run graded module 03 yet"));
  const auto result = of("02.1");
  INFO(result.output);
  CHECK(result.code == 0);
  CHECK(contains(course.csv(), "bob,02_activations,0,"));
}

TEST_CASE("what failed here waits, and is graded again alone") {
  const TwoStudents course;
  const fs::path file = course.path() / "book.db";
  {
    const nlohmann::json settings = {
        {"submissions", (course.path() / "submissions").string()},
        {"prerequisites", "reference"},
        {"modules", {"01", "02"}},
        {"seconds", 10},
        {"sandboxed", true}};
    grader::Gradebook book(file);
    const auto record = [&](grader::Outcome outcome, double points) {
      grader::ModuleGrade grade;
      grade.number = "02";
      grade.folder = "02_activations";
      grade.maximum = 100;
      grade.points = points;
      grade.outcome = outcome;
      const auto run = book.begin_run({settings.dump(), ""});
      for (const char* id : {"ada", "bob"}) {
        book.record(run, {id, {grade}, {}, {}}, {"h", {}, "x"});
        grade.outcome = grader::Outcome::partial;
      }
      book.finish_run(run);
    };
    record(grader::Outcome::partial, 100.5);
    record(grader::Outcome::infrastructure_error, 30);
  }
  REQUIRE(course
              .grade({"run", "submissions", "--modules", "01", "--out",
                      "grades.csv"})
              .code == 0);
  const auto result = course.grade(
      {"regrade", "--failed-infra", "--why", "w", "--out", "grades.csv"});
  INFO(result.output);
  CHECK(result.code == 0);
  // What counted until now is what dropped, not the nothing of the failure.
  CHECK(contains(result.output, "1 score changed, 1 dropped"));
  CHECK_FALSE(contains(course.csv(), "bob"));
  CHECK_FALSE(contains(course.csv(), "01_tensor"));
  const grader::Gradebook book(file);
  for (const auto& recorded : book.latest_grades()) {
    CHECK(recorded.failed_run == 0);
    if (recorded.grade.number != "02") continue;
    CHECK(recorded.grade.points == (recorded.student == "ada" ? 100 : 30));
  }
  CHECK(
      contains(course.grade({"regrade", "--failed-infra", "--why", "w"}).output,
               "0 scores changed"));
}

TEST_CASE("a run says who is not on the roster, and what is never late") {
  const TwoStudents course;
  spit(course.path() / "roster.csv", "id\nada\nbobb\n");
  CHECK(course.grade({"roster", "import", "roster.csv"}).code == 0);
  CHECK(course.grade({"policy", "set", "--due", "02=2026-03-01T23:59:00Z"})
            .code == 0);
  const auto result = course.grade(
      {"run", "submissions", "--modules", "02", "--out", "grades.csv"});
  INFO(result.output);
  CHECK(
      contains(result.output, "not on the roster: bob. Did you mean 'bobb'?"));
  CHECK_FALSE(contains(result.output, "not on the roster: ada"));
  CHECK(contains(result.output, "what is new is never late"));

  fs::create_directories(course.path() / "none/-x");
  const auto none = course.grade({"run", "none", "--out", "none.csv"});
  CHECK(none.code == 2);
  CHECK(contains(none.output, "0 graded, 1 refused"));
}

TEST_CASE("a regrade without a word, or without a run, says what to do") {
  const TwoStudents course;
  const auto nothing = course.grade({"regrade", "--why", "w"});
  CHECK(nothing.code == 2);
  CHECK(contains(nothing.output, "--failed-infra"));
  { const grader::Gradebook book(course.path() / "book.db"); }
  const auto early = course.grade({"regrade", "--all", "--why", "w"});
  CHECK(early.code == 2);
  CHECK(contains(early.output, "tito grade run"));
}
