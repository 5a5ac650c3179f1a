// What an export says does not count.
#include "export_fixture.hpp"

using grader::ExportFormat;
using namespace export_test;
using Kind = grader::LedgerEntry::Kind;

TEST_CASE("export: a dropped module counts in no total that Canvas makes") {
  Class all;
  grader::Policy policy;
  policy.drop_lowest = 1;
  decide(all.book, Kind::policy, "", "", to_json_text(policy));
  // Ada has 80 and 100 points.
  CHECK(contains(all_text(all.make(ExportFormat::canvas)), ",A,EX,100.00"));
  CHECK(contains(all_text(all.make(ExportFormat::moodle)), "80.00,100.00"));
  CHECK(grader::dropped_grades(all.table()) > 0);
  CHECK(counts_dropped(ExportFormat::moodle));
  CHECK_FALSE(counts_dropped(ExportFormat::canvas));
}

TEST_CASE("export: a chosen run changes no grade, it leaves out the others") {
  const test::TemporaryFolder folder;
  grader::Gradebook book(folder / "g.db");
  grader::Policy policy;
  policy.percent_per_day = 10;
  policy.tokens = 1;
  policy.drop_lowest = 1;
  const auto due = grader::parse_instant("2026-03-01T12:00:00Z");
  policy.due = {{"01", due}, {"02", due}};
  decide(book, Kind::policy, "", "", to_json_text(policy));
  const grader::Handed late{"h", due + std::chrono::hours(1), "a.zip"};
  const auto first = book.begin_run({});
  book.record(first, {"ada", {module_grade("01", 70)}, {}, {}}, late);
  const auto second = book.begin_run({});
  book.record(second, {"ada", {module_grade("02", 100)}, {}, {}}, late);
  const auto row_of = [&](std::optional<grader::RunId> run) {
    grader::ExportChoice choice;
    choice.run = run;
    return export_table(book, curriculum(), choice).rows.at(0);
  };
  // Module 01 took the token, and is the lowest.
  const auto all = row_of(std::nullopt), chosen = row_of(second);
  CHECK(all.grades.at(0).points == 70);
  CHECK(all.grades.at(1).points == 90);
  CHECK(chosen.grades.at(1).points == 90);
  CHECK_FALSE(chosen.grades.at(1).dropped);
  CHECK_FALSE(chosen.grades.at(0).points);
  CHECK(chosen.measured.at(0).outcome == grader::Outcome::missing);
  CHECK(row_of(first).grades.at(0).points == 70);
  CHECK_FALSE(row_of(first).grades.at(1).points);
}

TEST_CASE("export: Gradescope shows no task of an excused module") {
  Class all;
  decide(all.book, Kind::excuse, "ada_l", "01", "yes");
  const std::string text = all_text(all.make(ExportFormat::gradescope));
  const auto ada =
      text.substr(text.find("=== ada_l.json"), text.find("=== bidi.json"));
  CHECK(contains(ada, "02.1"));
  CHECK_FALSE(contains(ada, "01.1"));
}
