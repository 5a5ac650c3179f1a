// What the commands of the gradebook say to words that are probably not meant.
#include "course_with_grades.hpp"

using grader::Gradebook;

TEST_CASE("gradebook words: an empty name is not the default gradebook") {
  const CourseWithGrades course;
  const auto decisions = Gradebook(course.file()).ledger().size();
  course.refuses({"status", "--gradebook", ""}, "the name is empty");
  course.refuses({"status", "--gradebook="}, "--gradebook");
  course.refuses({"override", "ada", "01", "--points", "1", "--why", "x",
                  "--gradebook", ""},
                 "the name is empty");
  CHECK(Gradebook(course.file()).ledger().size() == decisions);
}
