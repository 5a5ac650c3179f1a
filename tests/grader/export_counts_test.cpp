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

TEST_CASE("export: Gradescope shows no task of an excused module") {
  Class all;
  decide(all.book, Kind::excuse, "ada_l", "01", "yes");
  const std::string text = all_text(all.make(ExportFormat::gradescope));
  const auto ada =
      text.substr(text.find("=== ada_l.json"), text.find("=== bidi.json"));
  CHECK(contains(ada, "02.1"));
  CHECK_FALSE(contains(ada, "01.1"));
}
