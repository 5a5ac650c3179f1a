// What the commands of the gradebook do and say.
#include <sstream>

#include "course_with_grades.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;
using grader::Gradebook;

namespace {

std::string canvas_of(const CourseWithGrades& course) {
  const auto result = course.run(
      {"export", "--format", "canvas", "--out", "c.csv", "--module", "01"});
  INFO(result.output);
  CHECK(result.code == 0);
  return slurp(course.path() / "c.csv");
}

}  // namespace

TEST_CASE("gradebook words: a roster is taken over, kept out of git, listed") {
  const CourseWithGrades course;
  CHECK(slurp(course.path() / ".tito/.gitignore") == "*\n");
  const auto list = course.json({"roster", "list"});
  CHECK(list.at("students").size() == 2);
  spit(course.path() / "next.csv", "id\nada\neve\n");
  const auto changes = course.json({"roster", "import", "next.csv"});
  CHECK(changes.at("added") == nlohmann::json{"eve"});
  CHECK(changes.at("gone") == nlohmann::json{"bob"});
  CHECK(contains(course.run({"roster", "list"}).output, "not on the roster"));
  // The file had no names: they are as they were.
  CHECK(contains(course.run({"roster", "list"}).output, "Lovelace"));
}

TEST_CASE("gradebook words: a wrong roster changes nothing") {
  const CourseWithGrades course;
  spit(course.path() / "wrong.csv", "id\neve\n../x\n");
  course.refuses({"roster", "import", "wrong.csv"}, "wrong.csv: line 3");
  CHECK(course.json({"roster", "list"}).at("students").size() == 2);
  course.refuses({"roster", "import", "wrong.csv", "--gradebook", "new.db"},
                 "Nothing was imported");
  CHECK_FALSE(fs::exists(course.path() / "new.db"));
  spit(course.path() / "columns.csv", "id,name\n");
  course.refuses({"roster", "import", "columns.csv"},
                 "tito grade roster import columns.csv");
  CHECK(contains(course.run({"roster", "list"}).output, "ada"));
  CHECK_FALSE(
      contains(course.run({"roster", "list"}).output, "not on the roster"));
}

TEST_CASE("gradebook words: a file that is none is wrong usage") {
  const CourseWithGrades course;
  course.refuses({"roster", "import", "no.csv"}, "there is no file 'no.csv'");
  course.refuses({"roster", "import", "no.csv"}, "roster import --help");
  course.refuses({"roster", "import", "."}, "is a directory");
  course.refuses({"feedback", "--out", "p", "--similarity", "no.json"},
                 "there is no file 'no.json'");
  course.refuses({"feedback", "--out", "p", "--submissions", "no"},
                 "'no' is not a directory");
  const auto blocked =
      course.run({"export", "--format", "csv", "--out", "no/x.csv"});
  CHECK(blocked.code == 3);
  CHECK(contains(blocked.output, "mkdir -p"));
}

TEST_CASE("gradebook words: a missing or foreign gradebook is named") {
  const CourseWithGrades course;
  const auto missing = course.run({"status", "--gradebook", "none.db"});
  CHECK(missing.code == 3);
  CHECK(contains(missing.output, "there is no gradebook"));
  CHECK(contains(missing.output, "tito grade roster import"));
  const auto foreign = course.run({"status", "--gradebook", "roster.csv"});
  CHECK(foreign.code == 3);
  CHECK(contains(foreign.output, "is not a gradebook"));
}

TEST_CASE("gradebook words: decisions count at once and are all kept") {
  const CourseWithGrades course;
  CHECK(contains(canvas_of(course), ",70.00"));
  CHECK(course
            .run({"policy", "set", "--due", "01=2026-03-01T13:00:00+01:00",
                  "--percent", "10"})
            .code == 0);
  CHECK(contains(canvas_of(course), ",63.00"));
  CHECK(course.run({"tokens", "ada", "--days", "1", "--why", "x"}).code == 0);
  CHECK(contains(canvas_of(course), ",70.00"));
  CHECK(course.run({"tokens", "ada", "--days", "0", "--why", "x"}).code == 0);
  CHECK(contains(canvas_of(course), ",63.00"));
  course.refuses({"tokens", "ada", "--why", "x"}, "--clear");
  CHECK(course.run({"tokens", "ada", "--clear", "--why", "x"}).code == 0);
  CHECK(course.run({"policy", "set", "--tokens", "1"}).code == 0);
  CHECK(contains(canvas_of(course), ",70.00"));
  CHECK(course.run({"policy", "set", "--tokens", "0"}).code == 0);
  CHECK(course
            .run({"extend", "ada", "tensor", "--until", "2026-03-02T00:00:00Z",
                  "--why", "ill"})
            .code == 0);
  CHECK(contains(canvas_of(course), ",70.00"));
  CHECK(course.run({"excuse", "ada", "1", "--why", "ill"}).code == 0);
  CHECK(contains(canvas_of(course), ",EX"));
  CHECK(course.run({"excuse", "ada", "1", "--why", "well", "--clear"}).code ==
        0);
  const auto entry = course.json({"override", "ada", "01", "--points", "99.5",
                                  "--why", "talked", "--who", "prof"});
  CHECK(entry.at("who") == "prof");
  CHECK(entry.at("value") == "99.5");
  CHECK(contains(canvas_of(course), ",99.50"));
  const auto shown = course.json({"show", "ada"});
  CHECK(shown.at("ledger").size() == 7);
  CHECK(shown.at("modules").at(0).at("points") == 99.5);
  CHECK(shown.at("modules").at(0).at("raw") == 70);
  const auto text = course.run({"show", "ada"}).output;
  CHECK(contains(text, "lateness does not count"));
  CHECK(contains(text, "by prof"));
  CHECK(course.run({"override", "ada", "01", "--clear", "--why", "x"}).code ==
        0);
  CHECK(contains(canvas_of(course), ",70.00"));
}

TEST_CASE("gradebook words: an extension is later, or is none") {
  const CourseWithGrades course;
  course.run(
      {"policy", "set", "--due", "01=2026-03-01T12:00:00Z", "--percent", "10"});
  const auto decisions = Gradebook(course.file()).ledger().size();
  for (const char* no_later :
       {"2026-02-01T00:00:00Z", "2026-03-01T13:00:00+01:00"}) {
    const std::vector<std::string> words = {"extend", "ada",   "01", "--until",
                                            no_later, "--why", "ill"};
    course.refuses(words, "module 01 is due 2026-03-01T12:00:00Z");
    course.refuses(words, "tito grade extend ada 01 --clear");
  }
  course.refuses({"extend", "ada", "01", "--why", "x"}, "--until DATE");
  course.refuses({"extend", "ada", "01", "--why", "x", "--clear", "--until",
                  "2026-03-02T00:00:00Z"},
                 "say which");
  CHECK(Gradebook(course.file()).ledger().size() == decisions);
  CHECK(course
            .run({"extend", "ada", "01", "--until", "2026-03-02T00:00:00Z",
                  "--why", "ill"})
            .code == 0);
  CHECK(contains(canvas_of(course), ",70.00"));
  CHECK(course.run({"extend", "ada", "01", "--clear", "--why", "well"}).code ==
        0);
  CHECK(contains(canvas_of(course), ",63.00"));
}

TEST_CASE("gradebook words: no decision without a reason and a name") {
  const CourseWithGrades course;
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{
           {"override", "ada", "01", "--points", "1"},
           {"extend", "ada", "01", "--until", "2026-03-02T00:00:00Z"},
           {"excuse", "ada", "01"},
           {"tokens", "ada", "--days", "1"},
           {"policy", "set", "--tokens", "3"}}) {
    for (const char* blank : {"", "  "}) {
      auto silent = words;
      silent.insert(silent.end(), {"--why", blank});
      course.refuses(silent, "--why is empty");
    }
    auto nameless = words;
    nameless.insert(nameless.end(), {"--why", "ill", "--who", " "});
    course.refuses(nameless, "--who is empty");
  }
  CHECK(Gradebook(course.file()).ledger().empty());
}

TEST_CASE("gradebook words: what makes no sense is refused") {
  const CourseWithGrades course;
  course.refuses({"override", "adda", "01", "--points", "1", "--why", "x"},
                 "Did you mean 'ada'?");
  course.refuses({"override", "ada", "01", "--points", "101", "--why", "x"},
                 "from 0 to 100 points");
  course.refuses({"override", "ada", "01", "--points", "-1", "--why", "x"},
                 "from 0 to 100 points");
  course.refuses({"override", "ada", "01", "--points", "nan", "--why", "x"},
                 "from 0 to 100 points");
  course.refuses({"override", "ada", "1.1", "--points", "1", "--why", "x"},
                 "Did you mean '01.1'?");
  course.refuses({"override", "ada", "01", "--why", "x"}, "--points P");
  course.refuses({"override", "ada", "01", "--points", "1"}, "--why");
  course.refuses({"extend", "ada", "01", "--until", "tomorrow", "--why", "x"},
                 "2026-03-01T23:59:00Z");
  course.refuses({"extend", "ada", "tesnor", "--until", "2026-03-01T23:59:00Z",
                  "--why", "x"},
                 "'tensor'?");
  course.refuses({"policy", "set", "--due", "01=2026-03-01"}, "offset");
  course.refuses({"policy", "set", "--due", "2026-03-01T00:00Z"},
                 "MODULE=VALUE");
  course.refuses({"policy", "set", "--percent", "120"}, "from 0 to 100");
  course.refuses({"policy", "set", "--percent", "120"},
                 "tito grade policy set --help");
  for (const char* title : {"01=a\nb", "01=\xff", "01=\xe2\x80\xaex"}) {
    course.refuses({"policy", "set", "--title", title}, "is no title");
  }
  for (const char* id : {"a\nb", "@file", "$(id)", "../x", "=1", "\x1b[2J"}) {
    course.refuses({"show", id}, "knows no student");
  }
  course.refuses({"diff", "1", "9"}, "no run 9");
  course.refuses({"export", "--format", "excel", "--out", "x"}, "canvas");
  CHECK(Gradebook(course.file()).ledger().empty());
}

TEST_CASE("gradebook words: a policy changes only what is said") {
  const CourseWithGrades course;
  course.run({"policy", "set", "--due", "01=2026-03-01T12:00Z", "--tokens", "3",
              "--late", "cutoff"});
  const auto policy =
      course.json({"policy", "set", "--grace", "15", "--title", "02=Act (7)"});
  CHECK(policy.at("tokens") == 3);
  CHECK(policy.at("due").at("01") == "2026-03-01T12:00:00Z");
  CHECK(policy.at("titles").at("02") == "Act (7)");
  CHECK(course.json({"policy", "show"}) == policy);
  CHECK(course.json({"policy", "set", "--due", "01=none"}).at("due").empty());
  CHECK(contains(course.run({"policy", "show"}).output,
                 "late work earns nothing"));
}

TEST_CASE("gradebook words: diff shows dropped scores first") {
  const CourseWithGrades course;
  const auto changes = course.json({"diff", "1", "2"}).at("changes");
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].at("module") == "01_tensor");
  CHECK(changes[0].at("dropped") == true);
  CHECK(changes[1].at("after") == 80);
  CHECK(contains(course.run({"diff", "1", "2"}).output, "1 dropped"));
  CHECK(course.json({"diff", "1", "1"}).at("changes").empty());
}

TEST_CASE("gradebook words: an export is whole or is not") {
  const CourseWithGrades course;
  spit(course.path() / "c.csv", "before");
  course.run({"policy", "set", "--title", "01=Final Score"});
  const auto refused =
      course.run({"export", "--format", "canvas", "--out", "c.csv"});
  CHECK(refused.code == 1);
  CHECK(contains(refused.output, "nothing was written"));
  CHECK(slurp(course.path() / "c.csv") == "before");
  course.refuses(
      {"export", "--format", "moodle", "--out", "m.csv", "--anonymous"},
      "who is who");
  course.refuses({"export", "--format", "moodle-worksheet", "--out", "m.csv"},
                 "--module");
}

TEST_CASE("gradebook words: Gradescope gets a directory, left out are named") {
  const CourseWithGrades course;
  const auto made =
      course.json({"export", "--format", "gradescope", "--out", "results"});
  CHECK(made.at("students") == 1);
  CHECK(made.at("left_out").size() == 1);
  const auto results =
      nlohmann::json::parse(slurp(course.path() / "results/ada.json"));
  CHECK(results.at("score") == 150);
  spit(course.path() / "results/gone.json", "{}");
  course.refuses({"export", "--format", "gradescope", "--out", "results"},
                 "'gone.json' for one");
  const auto anonymous = course.run(
      {"export", "--format", "csv-wide", "--out", "a.csv", "--anonymous"});
  CHECK(anonymous.code == 0);
  CHECK_FALSE(contains(slurp(course.path() / "a.csv"), "Lovelace"));
}

TEST_CASE("gradebook words: tables fit into 80 columns") {
  const CourseWithGrades course;
  course.run({"policy", "set", "--title", "01=" + std::string(200, 't'),
              "--due", "01=2026-03-01T12:00Z"});
  course.run({"override", "ada", "01", "--points", "1", "--why",
              "a long story " + std::string(60, 'x')});
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"status"},
                                             {"roster", "list"},
                                             {"show", "ada"},
                                             {"policy", "show"},
                                             {"diff", "1", "2"}}) {
    const auto result = course.run(words);
    INFO(result.output);
    CHECK(result.code == 0);
    std::istringstream lines(result.output);
    for (std::string line; std::getline(lines, line);) {
      CHECK(tito::display_width(line) <= 80);
    }
  }
  const auto status = course.json({"status"});
  CHECK(status.at("runs").size() == 2);
  CHECK(status.at("modules").at(0).at("graded") == 1);
  CHECK(status.at("modules").at(0).at("missing") == 1);
}
