// Exports against golden files, and the rules of each format. After a change
// that is meant, look at what TITO_RECORD=1 grader_tests "export:*" wrote.
#include <cstdlib>

#include "export_fixture.hpp"
#include "grader/gradebook/csv.hpp"
#include "grader/gradebook/pseudonym.hpp"

using grader::Export;
using grader::ExportChoice;
using grader::ExportError;
using grader::ExportFormat;
using grader::InputError;
using grader::Outcome;
using Kind = grader::LedgerEntry::Kind;
using namespace export_test;

namespace {

void check_golden(const std::string& name, const std::string& text) {
  const std::string file = COURSE_DIR "/tests/grader/golden/" + name;
  if (std::getenv("TITO_RECORD") != nullptr) spit(file, text);
  INFO(name);
  CHECK(text == slurp(file));
}

std::string golden_name(ExportFormat format) {
  return std::string("export-") + to_string(format) + ".txt";
}

ExportChoice choice_for(ExportFormat format) {
  ExportChoice choice;
  if (format == ExportFormat::moodle_worksheet) choice.modules = {"01"};
  return choice;
}

bool left_out(const Export& made, const std::string& id) {
  for (const std::string& line : made.left_out) {
    if (line.rfind(id + ": ", 0) == 0) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("export: every format writes what its golden file holds") {
  const Class all;
  for (const ExportFormat format : grader::export_formats()) {
    check_golden(golden_name(format),
                 all_text(all.make(format, choice_for(format))));
  }
}

TEST_CASE("export: nasty names survive, formulas do not") {
  const Class all;
  const std::string text = all_text(all.make(ExportFormat::csv_wide));
  const auto rows = grader::read_csv(text, "csv");
  REQUIRE(rows.size() == 8);
  CHECK(rows[1].cells[1] == roster()[0].name);
  CHECK(rows[2].cells[1] == roster()[1].name);
  CHECK(rows[3].cells[1] == roster()[2].name);
  CHECK(rows[3].cells[3] == "'=B");
  CHECK(rows[4].cells[1] == "'" + roster()[3].name);
  CHECK(rows[5].cells[1] == long_name());
}

TEST_CASE("export: the same table brings late, excused, missing, overridden") {
  const Class all;
  const auto rows =
      grader::read_csv(all_text(all.make(ExportFormat::canvas)), "canvas");
  REQUIRE(rows.size() == 8);
  const auto grades = [&](std::size_t row) {
    return rows[row].cells[5] + "|" + rows[row].cells[6];
  };
  CHECK(grades(1) == "100.00|100.00");
  CHECK(grades(2) == "80.00|100.00");
  CHECK(grades(3) == "78.41|");  // 87.125 less 10 %
  CHECK(grades(4) == "0.00|EX");
  CHECK(grades(5) == "|33.50");
  CHECK(grades(6) == "100.00|");
  CHECK(grades(7) == "|");
}

TEST_CASE("export: who is not on the roster is named, not imported") {
  const Class all;
  for (const ExportFormat format :
       {ExportFormat::canvas, ExportFormat::moodle, ExportFormat::blackboard,
        ExportFormat::brightspace}) {
    const Export made = all.make(format);
    INFO(to_string(format));
    CHECK(left_out(made, "stranger"));
    CHECK(made.left_out.size() == 1);
    CHECK_FALSE(contains(all_text(made), "stranger"));
  }
  CHECK(contains(all_text(all.make(ExportFormat::csv)), "stranger"));
}

TEST_CASE("export: a student whom a platform cannot know is left out") {
  Class all;
  auto people = roster();
  people[0].login.clear();
  people[1].moodle_id.clear();
  all.book.import_roster(people);
  CHECK(left_out(all.make(ExportFormat::blackboard), "ada_l"));
  CHECK_FALSE(left_out(all.make(ExportFormat::canvas), "ada_l"));
  CHECK(left_out(all.make(ExportFormat::moodle_worksheet,
                          choice_for(ExportFormat::moodle_worksheet)),
                 "bidi"));
  // Moodle finds people by the one thing that everybody has.
  const Export moodle = all.make(ExportFormat::moodle);
  CHECK(contains(all_text(moodle), "idnumber,01 Box"));
  CHECK(moodle.left_out.size() == 1);
  // What is missing is named as the roster's column, not as Moodle's.
  people[2].sis_id.clear();
  people[3].email.clear();
  people[4].email.clear();
  all.book.import_roster(people);
  CHECK(contains(all.make(ExportFormat::moodle).left_out.at(0),
                 "the roster has no login for them"));
}

TEST_CASE("export: two students under one name stop an import") {
  const auto format = GENERATE(ExportFormat::canvas, ExportFormat::brightspace,
                               ExportFormat::blackboard);
  Class all;
  auto people = roster();
  people[1].login = people[0].login;
  all.book.import_roster(people);
  const auto said = message_of<ExportError>([&] { all.make(format); });
  CHECK(contains(said, "two students have the "));
}

TEST_CASE("export: who has left the course is not imported") {
  Class all;
  auto people = roster();
  people.erase(people.begin());
  all.book.import_roster(people);
  CHECK(left_out(all.make(ExportFormat::moodle), "ada_l"));
  CHECK_FALSE(contains(all_text(all.make(ExportFormat::moodle)), "ada.l"));
  CHECK(contains(all_text(all.make(ExportFormat::csv_wide)), "ada_l"));
}

TEST_CASE("export: Canvas' reserved titles are refused") {
  Class all;
  for (const char* title :
       {"Current Score", "My FINAL grade", "Final Points"}) {
    grader::Policy policy;
    policy.titles["01"] = title;
    decide(all.book, Kind::policy, "", "", to_json_text(policy));
    const auto said =
        message_of<ExportError>([&] { all.make(ExportFormat::canvas); });
    INFO(title);
    CHECK(contains(said, "policy set --title"));
    CHECK_NOTHROW(all.make(ExportFormat::moodle));
  }
}

TEST_CASE("export: two modules with one title are refused") {
  Class all;
  grader::Policy policy;
  policy.titles["01"] = "02 Shelf";
  decide(all.book, Kind::policy, "", "", to_json_text(policy));
  CHECK_THROWS_AS(all.make(ExportFormat::moodle), ExportError);
}

TEST_CASE("export: more points than there are stop an import") {
  Class all;
  decide(all.book, Kind::override_, "ada_l", "01", "100.01");
  for (const ExportFormat format :
       {ExportFormat::canvas, ExportFormat::moodle, ExportFormat::blackboard,
        ExportFormat::brightspace}) {
    INFO(to_string(format));
    const auto said = message_of<ExportError>([&] { all.make(format); });
    CHECK(contains(said, "100.01 is not a number from 0 to 100"));
  }
}

TEST_CASE("export: a worksheet is for one module") {
  const Class all;
  CHECK_THROWS_AS(all.make(ExportFormat::moodle_worksheet), InputError);
}

TEST_CASE("export: tokens and drops do not depend on the chosen modules") {
  Class all;
  grader::Policy policy;
  policy.due["01"] = grader::parse_instant("2026-02-28T12:00:00Z");
  policy.due["02"] = policy.due["01"];
  policy.percent_per_day = 10;
  policy.tokens = 1;
  decide(all.book, Kind::policy, "", "", to_json_text(policy));
  const auto table = all.table({{"02"}, false, grader::Detail::tests});
  REQUIRE(table.columns.size() == 1);
  CHECK(*table.rows.at(0).grades.at(0).points == Approx(90));
}

TEST_CASE("export: a later deadline changes the export without a regrade") {
  Class all;
  decide(all.book, Kind::extension, "bidi", "01", "2026-03-02T00:00:00Z");
  CHECK(contains(all_text(all.make(ExportFormat::canvas)), "87.13"));
}

TEST_CASE("export: anonymous exports hold nothing of the roster") {
  const Class all;
  ExportChoice choice;
  choice.anonymous = true;
  for (const ExportFormat format :
       {ExportFormat::csv, ExportFormat::csv_wide, ExportFormat::gradescope,
        ExportFormat::autolab, ExportFormat::junit, ExportFormat::json}) {
    const std::string text = all_text(all.make(format, choice));
    INFO(to_string(format) << text);
    for (const grader::Student& student : roster()) {
      CHECK_FALSE(contains(text, student.name));
      CHECK_FALSE(contains(text, student.email));
      CHECK_FALSE(contains(text, student.sis_id));
      CHECK_FALSE(contains(text, student.id));
    }
    CHECK_FALSE(contains(text, "Lovelace"));
    CHECK(contains(text, grader::pseudonym(all.book.course_key(), "ada_l")));
  }
}

TEST_CASE("export: anonymous rows do not stand in the roster's order") {
  const Class all;
  const auto table = all.table({{}, true, grader::Detail::tests});
  REQUIRE(table.rows.size() == 7);
  for (std::size_t i = 1; i < table.rows.size(); ++i) {
    CHECK(table.rows[i - 1].student.id < table.rows[i].student.id);
  }
}

TEST_CASE("export: an anonymous table holds nothing that code printed") {
  const Class all;
  for (const auto& row : all.table({{}, true, grader::Detail::tests}).rows) {
    for (const auto& test : row.measured.at(0).tests) {
      CHECK(test.output.empty());
      CHECK(test.detail.empty());
      CHECK(test.failures.empty());
    }
  }
}

TEST_CASE("export: imports that need names refuse to be anonymous") {
  const Class all;
  for (const ExportFormat format :
       {ExportFormat::canvas, ExportFormat::moodle, ExportFormat::blackboard,
        ExportFormat::brightspace, ExportFormat::moodle_worksheet}) {
    CHECK_THROWS_AS(all.make(format, {{"01"}, true, grader::Detail::tests}),
                    InputError);
  }
}

TEST_CASE("export: a pseudonym is the HMAC of the id under the course's key") {
  // RFC 4231, test case 2, cut to 12 digits.
  CHECK(grader::pseudonym("Jefe", "what do ya want for nothing?") ==
        "5bdcc146bf60");
  CHECK(grader::pseudonym("key 1", "ada_l") !=
        grader::pseudonym("key 2", "ada_l"));
}

TEST_CASE(
    "export: Gradescope gets tasks and a total, and no zero for nothing") {
  const Class all;
  const Export made = all.make(ExportFormat::gradescope);
  REQUIRE(made.files.size() == 6);
  CHECK(left_out(made, "nothing"));
  const auto json = nlohmann::json::parse(made.files[1].text);
  CHECK(made.files[1].name == "bidi.json");
  CHECK(json.at("score").get<double>() == Approx(78.41));
  CHECK(contains(json.at("output"), "1 day late"));
  CHECK(json.at("tests").size() == 2);
  CHECK(json.at("tests")[0].at("status") == "passed");
  CHECK(json.at("tests")[1].at("score").get<double>() == Approx(27.125));
}

TEST_CASE("export: Autolab reads one last line, and no zero for nothing") {
  const Class all;
  const Export made = all.make(ExportFormat::autolab);
  REQUIRE(made.files.size() == 6);
  CHECK(left_out(made, "nothing"));
  const auto result = [&](std::size_t i) {
    std::string text = made.files.at(i).text;
    CHECK(text.back() == '\n');
    text.pop_back();
    return nlohmann::json::parse(text.substr(text.rfind('\n') + 1));
  };
  CHECK(made.files.at(1).name == "bidi.txt");
  CHECK(contains(made.files[1].text, "1 day late"));
  const auto late = result(1), excused = result(2);
  CHECK(late.at("scores").size() == 1);
  CHECK(late.at("scores").at("01 Box").get<double>() == Approx(78.41));
  CHECK(late.at("scoreboard").size() == 3);
  CHECK(late.at("scoreboard").at(1).is_null());
  CHECK(late.at("scoreboard").at(2) == late.at("scores").at("01 Box"));
  CHECK(excused.at("scores") == nlohmann::json{{"01 Box", 0.0}});
}

TEST_CASE("export: what a student printed is not Autolab's last line") {
  Class all;
  auto grade = not_graded("01", Outcome::compile_error);
  grade.detail = "a.cpp:1: \x1b[2J\n{\"scores\": {\"01 Box\": 100}}\n";
  all.book.record(all.book.begin_run({}), submission("long", {grade}), {});
  std::string text;
  for (const auto& file : all.make(ExportFormat::autolab).files) {
    if (file.name == "long.txt") text = file.text;
  }
  CHECK(contains(text, "a.cpp:1: ?[2J"));
  CHECK(
      text.ends_with("\n{\"scores\":{\"01 Box\":0.0},"
                     "\"scoreboard\":[0.0,null,0.0]}\n"));
}

TEST_CASE("export: what students read names nothing hidden") {
  Class all;
  for (const Outcome outcome :
       {Outcome::link_error, Outcome::infrastructure_error}) {
    auto grade = not_graded("01", outcome);
    grade.detail = "hidden/CANARY_test.cpp:3: multiple definition";
    all.book.record(all.book.begin_run({}),
                    submission("long", {grade, module_grade("02", 50)}), {});
    for (const auto format :
         {ExportFormat::gradescope, ExportFormat::autolab}) {
      CHECK_FALSE(contains(all_text(all.make(format)), "CANARY"));
    }
  }
  auto grade = not_graded("01", Outcome::link_error);
  grade.detail = "not defined: box::volume()";
  all.book.record(all.book.begin_run({}), submission("long", {grade}), {});
  CHECK(
      contains(all_text(all.make(ExportFormat::gradescope)), "box::volume()"));
}

TEST_CASE("export: names that Autolab cannot find are refused") {
  Class all;
  for (const char* title : {"Box: the first", "Box ", " ", "02 Shelf"}) {
    grader::Policy policy;
    policy.titles["01"] = title;
    decide(all.book, Kind::policy, "", "", to_json_text(policy));
    INFO(title);
    CHECK(contains(
        message_of<ExportError>([&] { all.make(ExportFormat::autolab); }),
        "policy set --title"));
  }
  grader::Policy policy;
  policy.titles["01"] = "Box (1) : \xc3\xa9";
  decide(all.book, Kind::policy, "", "", to_json_text(policy));
  CHECK(all.make(ExportFormat::autolab).files.size() == 6);
  decide(all.book, Kind::override_, "ada_l", "01", "100.01");
  CHECK(contains(
      message_of<ExportError>([&] { all.make(ExportFormat::autolab); }),
      "more points than there are"));
}

TEST_CASE(
    "export: what ran without a sandbox is told, wherever there is room") {
  Class all;
  auto grade = submission(
      "long", {module_grade("01", 90), not_graded("02", Outcome::missing)});
  grade.notes = {grader::kDegradedNote};
  all.book.record(all.book.begin_run({}), grade, {});
  CHECK(degraded_grades(all.table()) == 1);
  const auto text = [&](ExportFormat format) {
    return all_text(all.make(format));
  };
  CHECK(contains(text(ExportFormat::csv),
                 "01_box,,graded,90,90,100,0,0,,graded without a sandbox\r\n"));
  const auto wide = grader::read_csv(text(ExportFormat::csv_wide), "wide");
  CHECK(wide.at(0).cells.back() == "degraded");
  CHECK(wide.at(5).cells.back() == "01_box");
  CHECK(wide.at(6).cells.back().empty());
  CHECK(contains(text(ExportFormat::gradescope),
                 "01_box: graded without a sandbox"));
  CHECK(contains(text(ExportFormat::autolab),
                 "01_box: graded without a sandbox"));
  CHECK(contains(text(ExportFormat::json), "\"degraded\": true"));
  const std::string junit = text(ExportFormat::junit);
  const auto told = junit.find("value=\"degraded\"");
  CHECK(told > junit.find("long.01_box"));
  CHECK(told < junit.find("long.02_shelf"));
  CHECK(junit.find("value=\"degraded\"", told + 1) == junit.npos);
}

TEST_CASE("export: a later grade with a sandbox takes the note away") {
  Class all;
  auto grade = submission("long", {module_grade("01", 90)});
  grade.notes = {grader::kDegradedNote};
  all.book.record(all.book.begin_run({}), grade, {});
  grade.notes.clear();
  all.book.record(all.book.begin_run({}), grade, {});
  CHECK(degraded_grades(all.table()) == 0);
  CHECK_FALSE(contains(all_text(all.make(ExportFormat::csv_wide)), "degraded"));
}
