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

TEST_CASE("gradebook words: the quickstart grades into no course's gradebook") {
  const std::string script = slurp(COURSE_DIR "/scripts/quickstart.sh");
  std::size_t gradings = 0;
  for (auto at = script.find("run tito grade "); at != std::string::npos;
       at = script.find("run tito grade ", at + 1)) {
    auto end = script.find('\n', at);
    while (script[end - 1] == '\\') end = script.find('\n', end + 1);
    CHECK(contains(script.substr(at, end - at),
                   "--gradebook \"$scratch/gradebook.db\""));
    ++gradings;
  }
  CHECK(gradings > 0);
}
