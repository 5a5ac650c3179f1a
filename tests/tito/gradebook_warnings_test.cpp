// What the commands of the gradebook say besides: what to mind.
#include <thread>

#include "course_with_grades.hpp"

using grader::Gradebook;

TEST_CASE("gradebook words: a platform that adds up itself is told of drops") {
  const CourseWithGrades course;
  // Modules that nobody handed in are dropped before one with points.
  const int modules =
      static_cast<int>(course.json({"status"}).at("modules").size());
  course.run({"policy", "set", "--drop-lowest", std::to_string(modules - 1)});
  const std::vector<std::string> moodle = {"export", "--format", "moodle",
                                           "--out", "m.csv"};
  CHECK(contains(course.run(moodle).output,
                 "1 grade among them that the policy drops"));
  CHECK(course.json(moodle).at("dropped") == 1);
  CHECK_FALSE(contains(
      course.run({"export", "--format", "canvas", "--out", "c.csv"}).output,
      "policy drops"));
}

TEST_CASE("gradebook words: who is not on the roster is counted and named") {
  const CourseWithGrades course;
  CHECK(course.json({"status"}).at("not_on_roster") == 0);
  CHECK_FALSE(contains(course.run({"status"}).output, "roster"));
  spit(course.path() / "next.csv", "id\nbob\n");
  course.run({"roster", "import", "next.csv"});
  const auto status = course.json({"status"});
  CHECK(status.at("not_on_roster") == 1);
  CHECK(status.at("students") == 1);
  CHECK(status.at("modules")[0].at("graded") == 0);
  CHECK(contains(course.run({"status"}).output,
                 "1 student, 1 more not on the roster and not counted"));
}

TEST_CASE("gradebook words: what had no sandbox is told wherever it counts") {
  const CourseWithGrades course;
  const std::vector<std::string> canvas = {"export", "--format", "canvas",
                                           "--out", "c.csv"};
  CHECK_FALSE(contains(course.run(canvas).output, "without a sandbox"));
  {
    Gradebook book(course.file(), Gradebook::Mode::existing);
    book.record(book.begin_run({}),
                {"ada",
                 {module_grade("01", "01_tensor", 60)},
                 {},
                 {grader::kDegradedNote}},
                {"h", {}, "ada.zip"});
  }
  const std::string told = "1 grade measured without a sandbox";
  CHECK(contains(course.run(canvas).output, told));
  CHECK(contains(course.run({"status"}).output, told));
  CHECK(contains(course.run({"show", "ada"}).output,
                 "01_tensor: graded without a sandbox"));
  CHECK(course.json(canvas).at("degraded") == 1);
  CHECK(course.json({"status"}).at("modules").at(0).at("degraded") == 1);
  CHECK(course.json({"show", "ada"}).at("modules").at(0).at("degraded") ==
        true);
}

TEST_CASE("gradebook words: a run that did not end is told with its grades") {
  const CourseWithGrades course;
  const std::vector<std::string> wide = {"export", "--format", "csv-wide",
                                         "--out", "wide.csv"};
  CHECK_FALSE(contains(course.run(wide).output, "interrupted"));
  Gradebook book(course.file(), Gradebook::Mode::existing);
  const auto run = [&](const char* folder, nlohmann::json modules) {
    return book.begin_run(
        {nlohmann::json{{"submissions", folder}, {"modules", modules}}.dump(),
         ""});
  };
  run("/week5", {"05"});
  CHECK(contains(course.run(wide).output, "run 3 was interrupted"));
  CHECK(contains(course.run({"feedback", "--out", "pages"}).output,
                 "run 3 was interrupted"));
  // Neither another directory's run nor one of other modules makes up for it.
  book.finish_run(run("/week6", nlohmann::json::array()));
  book.finish_run(run("/week5", {"04", "06"}));
  CHECK(contains(course.run(wide).output, "run 3 was interrupted"));
  book.finish_run(run("/week5", {"04", "05"}));
  CHECK_FALSE(contains(course.run(wide).output, "interrupted"));
}

TEST_CASE("gradebook words: older points than what was handed in are open") {
  const CourseWithGrades course;
  const std::vector<std::string> canvas = {"export", "--format", "canvas",
                                           "--out", "c.csv"};
  CHECK_FALSE(contains(course.run(canvas).output, "open"));
  CHECK(course.json({"status"}).at("modules")[0].at("not_graded") == 0);
  {
    Gradebook book(course.file(), Gradebook::Mode::existing);
    grader::ModuleGrade unreadable = module_grade("01", "01_tensor", 0);
    unreadable.outcome = grader::Outcome::unreadable;
    const auto run = book.begin_run({});
    book.record(run, {"ada", {unreadable}, {}, {}}, {"h2", {}, "ada.zip"});
    book.finish_run(run);
  }
  CHECK(contains(course.run(canvas).output,
                 "1 grade open: what was handed in last could not be read"));
  CHECK(course.json({"status"}).at("modules")[0].at("not_graded") == 1);
  CHECK(course.json({"show", "ada"}).at("modules")[0].at("outdated") == true);
  CHECK(contains(course.run({"show", "ada"}).output, "run 3 has no grade yet"));
  CHECK(contains(course.run({"diff", "2", "3"}).output,
                 "Where run 3 has no points, the older ones count"));
}

TEST_CASE("gradebook words: an override of what is excused is told of") {
  const CourseWithGrades course;
  const std::vector<std::string> override = {
      "override", "ada", "01", "--points", "70", "--why", "regraded"};
  CHECK_FALSE(contains(course.run(override).output, "excused"));
  course.run({"excuse", "ada", "01", "--why", "ill"});
  CHECK(contains(course.run(override).output,
                 "tito grade excuse ada 01 --clear --why TEXT"));
}

TEST_CASE("gradebook words: policies set at once are all kept") {
  const CourseWithGrades course;
  const auto set = [&](const std::string& option, const std::string& value) {
    course.run({"policy", "set", option, value});
  };
  std::thread thread([&] { set("--due", "01=2026-03-01T23:59:00Z"); });
  std::thread other([&] { set("--percent", "10"); });
  set("--tokens", "3");
  thread.join();
  other.join();
  const auto policy = course.json({"policy", "show"});
  CHECK(policy.at("due").size() == 1);
  CHECK(policy.at("percent_per_day") == 10);
  CHECK(policy.at("tokens") == 3);
}

TEST_CASE("gradebook words: a task's points below a module's override") {
  const CourseWithGrades course;
  course.run({"override", "ada", "01", "--points", "0", "--why", "copied"});
  CHECK(contains(course
                     .run({"override", "ada", "01.1", "--points", "8", "--why",
                           "the test was wrong"})
                     .output,
                 "module 01 has 0 points by an override of its own"));
  CHECK(course.json({"show", "ada"}).at("modules")[0].at("points") == 0);
}
