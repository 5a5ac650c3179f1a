#include "grader/report.hpp"

#include <nlohmann/json.hpp>

#include "json_of.hpp"
#include "support/catch.hpp"

using grader::Failure;
using grader::ModuleGrade;
using grader::Outcome;
using grader::Report;
using grader::TestResult;

namespace {

/// One student whose code printed what no document may contain.
Report nasty() {
  Failure failure;
  failure.expression = "a < b && c";
  failure.expanded = "\"\x1b[31m\" \x01 \xff ]]> \xef\xbf\xbf";
  failure.message = "<&> \xc3\xa9";
  TestResult test;
  test.name = "adds \"numbers\" <fast>";
  test.tasks = {"01.1"};
  test.status = TestResult::Status::failed;
  test.failures = {failure};
  test.output = "0x7fff1234";
  test.seconds = 0.123;
  ModuleGrade module;
  module.number = "01";
  module.folder = "01_box";
  module.outcome = Outcome::partial;
  module.points = 33.5;
  module.maximum = 100;
  module.tests = {test};
  ModuleGrade missing;
  missing.folder = "02_shelf";
  missing.maximum = 100;
  ModuleGrade broken = missing;
  broken.folder = "03_room";
  broken.outcome = Outcome::compile_error;
  broken.detail = "x.cpp:1: <error> \x02";
  Report report;
  report.grades.push_back({"s1", {module, missing, broken}, {}, {}});
  return report;
}

}  // namespace

TEST_CASE("points are written as short as possible") {
  CHECK(grader::format_points(100) == "100");
  CHECK(grader::format_points(7.5) == "7.5");
  CHECK(grader::format_points(0) == "0");
  CHECK(grader::format_points(100.0 / 3) == "33.3333");
}

TEST_CASE("CSV quotes what needs it and disarms formulas") {
  Report report;
  for (const char* name : {"=1+1", "+x", "-x", "@x", "\tx", "a,b", "a\"b"}) {
    report.refused.push_back({name, "why"});
  }
  CHECK(grader::csv(report) ==
        "student,module,points,maximum,outcome\r\n"
        "'=1+1,,,,refused\r\n'+x,,,,refused\r\n'-x,,,,refused\r\n"
        "'@x,,,,refused\r\n'\tx,,,,refused\r\n\"a,b\",,,,refused\r\n"
        "\"a\"\"b\",,,,refused\r\n");
}

TEST_CASE("what ran without a sandbox says so in every row, and only that") {
  Report report = nasty();
  report.refused.push_back({"=x", "why"});
  const std::string before = grader::csv(report);
  report.degraded = true;
  CHECK(grader::csv(report) ==
        "student,module,points,maximum,outcome,isolation\r\n"
        "s1,01_box,33.5,100,partial,degraded\r\n"
        "s1,02_shelf,,100,missing,degraded\r\n"
        "s1,03_room,0,100,compile-error,degraded\r\n"
        "s1,total,33.5,300,partial,degraded\r\n"
        "'=x,,,,refused,degraded\r\n");
  CHECK(before.find("degraded") == std::string::npos);
}

TEST_CASE("JUnit names the modules that ran without a sandbox") {
  Report report = nasty();
  const std::string property =
      "<property name=\"isolation\" value=\"degraded\" />";
  CHECK(grader::junit(report).find("propert") == std::string::npos);
  report.grades[0].notes = {"01_box: something else", grader::kDegradedNote};
  const std::string text = grader::junit(report);
  const auto first = text.find(property), missing = text.find("s1.02_shelf");
  CHECK(first < missing);
  CHECK(text.find(property, missing) > text.find("s1.03_room"));
}

TEST_CASE("what nobody can tell is empty, never zero") {
  Report report = nasty();
  CHECK(grader::csv(report).find("s1,02_shelf,,100,missing\r\n") !=
        std::string::npos);
  auto& modules = report.grades[0].modules;
  modules[0].outcome = Outcome::infrastructure_error;
  const auto text = grader::csv(report);
  CHECK(text.find("s1,01_box,,100,infrastructure-error\r\n") !=
        std::string::npos);
  CHECK(text.find("s1,total,,300,infrastructure-error\r\n") !=
        std::string::npos);
}

TEST_CASE("JSON is valid whatever the code printed, and holds no times") {
  const std::string text = json_of(nasty());
  const auto document = nlohmann::json::parse(text);
  const auto& modules = document.at("submissions").at(0).at("modules");
  CHECK(modules.at(0).at("points") == 33.5);
  CHECK(modules.at(1).at("points").is_null());
  CHECK(modules.at(0).at("tests").at(0).at("status") == "failed");
  CHECK(text.find("0.123") == std::string::npos);
  CHECK(text.find("0x7fff1234") == std::string::npos);
}

TEST_CASE("JUnit holds only characters of XML 1.0") {
  const std::string text = grader::junit(nasty());
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    CHECK((code >= 32 || c == '\n' || c == '\t'));
  }
  CHECK(text.find("&#x") == std::string::npos);
  CHECK(text.find("\xff") == std::string::npos);
  CHECK(text.find("\xef\xbf\xbf") == std::string::npos);
  CHECK(text.find("adds &quot;numbers&quot; &lt;fast") != std::string::npos);
  CHECK(text.find("<testsuite name=\"s1.01_box\" tests=\"1\" failures=\"1\" "
                  "errors=\"0\" skipped=\"0\">") != std::string::npos);
  CHECK(text.find("<skipped message=\"missing\"") != std::string::npos);
  CHECK(text.find("<error message=\"compile-error\">") != std::string::npos);
}
