// What the commands of the gradebook say besides: what to mind.
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
  Gradebook(course.file(), Gradebook::Mode::existing).begin_run({});
  CHECK(contains(course.run(wide).output, "run 3 was interrupted"));
  CHECK(contains(course.run({"feedback", "--out", "pages"}).output,
                 "run 3 was interrupted"));
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
