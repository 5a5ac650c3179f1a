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

TEST_CASE("gradebook words: a gradebook that is made is told of, once") {
  const CourseWithGrades course;
  const std::string told = "new gradebook: ";
  const std::vector<std::vector<std::string>> commands = {
      {"policy", "set", "--tokens", "1", "--gradebook", "typo1.db"},
      {"roster", "import", "roster.csv", "--gradebook", "typo2.db"}};
  for (const auto& words : commands) {
    const auto made = course.run(words).output;
    CHECK(contains(made, told + (course.path() / words.back()).string()));
    CHECK_FALSE(contains(course.run(words).output, told));
  }
  const auto known = course.run({"policy", "set", "--tokens", "1"}).output;
  CHECK_FALSE(contains(known, told));
}

TEST_CASE("gradebook words: what is refused makes no gradebook") {
  const CourseWithGrades course;
  course.refuses({"policy", "set", "--grace", "-1", "--gradebook", "new.db"},
                 "grace in minutes cannot be -1");
  course.refuses({"roster", "import", "none.csv", "--gradebook", "new.db"},
                 "there is no file 'none.csv'");
  CHECK_FALSE(std::filesystem::exists(course.path() / "new.db"));
}

TEST_CASE("gradebook words: a module has one date, and one title") {
  const CourseWithGrades course;
  course.refuses({"policy", "set", "--due", "01=2026-03-01T23:59:00Z", "--due",
                  "tensor=2026-03-02T23:59:00Z"},
                 "--due names module 01 twice");
  course.refuses({"policy", "set", "--title", "02=A", "--title", "2=B"},
                 "--title names module 02 twice, the second time with '2=B'");
  CHECK(Gradebook(course.file()).ledger().empty());
  CHECK(course
            .json({"policy", "set", "--due", "01=2026-03-01T23:59:00Z", "--due",
                   "02=2026-03-02T23:59:00Z"})
            .at("due")
            .size() == 2);
}

TEST_CASE("gradebook words: an extension of what is never due is told of") {
  const CourseWithGrades course;
  const std::vector<std::string> words = {
      "extend", "ada", "01", "--until", "2026-03-05T23:59:00Z", "--why", "ill"};
  const auto early = course.run(words);
  CHECK(early.code == 0);
  CHECK(contains(early.output, "module 01 has no due date yet"));
  CHECK(contains(early.output, "tito grade policy set --due 01=DATE"));
  CHECK_FALSE(contains(early.output, "is due"));
  course.run({"policy", "set", "--due", "01=2026-03-01T12:00:00Z"});
  const auto late = course.run(words).output;
  CHECK_FALSE(contains(late, "no due date"));
  CHECK(contains(late, "module 01 is extended to 2026-03-05T23:59:00Z"));
}

TEST_CASE("gradebook words: what does not stand is not withdrawn") {
  const CourseWithGrades course;
  const std::vector<std::vector<std::string>> decisions = {
      {"extend", "ada", "01", "--until", "2026-03-05T23:59:00Z"},
      {"override", "ada", "01", "--points", "3"},
      {"excuse", "ada", "01"},
      {"tokens", "ada", "--days", "2"}};
  std::size_t entries = 0;
  for (const auto& words : decisions) {
    auto clear = words;
    clear.resize(words[0] == "tokens" ? 2 : 3);
    clear.insert(clear.end(), {"--clear", "--why", "x"});
    INFO(words[0]);
    const auto none = course.run(clear);
    CHECK(none.code == 0);
    CHECK(contains(none.output, "to clear, and nothing was written"));
    CHECK(course.json(clear).at("sequence").is_null());
    CHECK(Gradebook(course.file()).ledger().size() == entries);
    auto decide = words;
    decide.insert(decide.end(), {"--why", "x"});
    CHECK(course.run(decide).code == 0);
    CHECK(course.json(clear).at("sequence") == entries + 2);
    CHECK(contains(course.run(clear).output, "nothing was written"));
    entries += 2;
    CHECK(Gradebook(course.file()).ledger().size() == entries);
  }
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
