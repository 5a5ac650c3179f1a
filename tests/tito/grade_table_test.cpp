// The table that a grading prints, with as many modules as a course may have.
#include <sstream>

#include "commands/grade_report.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"
#include "ui/terminal.hpp"
#include "ui/text.hpp"

namespace {

grader::SubmissionGrade graded(const std::string& id, int modules,
                               double points) {
  grader::SubmissionGrade grade;
  grade.id = id;
  for (int i = 1; i <= modules; ++i) {
    grader::ModuleGrade module;
    module.number = fmt::format("{:02}", i);
    module.folder = module.number + "_of_a_long_name";
    module.maximum = 100;
    module.points = points;
    module.outcome = grader::outcome_of_points(points, 100);
    module.tests = {{}};
    grade.modules.push_back(module);
  }
  return grade;
}

std::string table_of(const grader::Report& report, int width) {
  std::string out;
  tito::Terminal terminal(&out, width, false);
  tito::App app;
  app.terminal = &terminal;
  print_grades(report, app);
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);) {
    INFO(out);
    CHECK(tito::display_width(line) <= width);
  }
  return out;
}

}  // namespace

TEST_CASE("grade table: columns are numbers, with the maximum where it fits") {
  grader::Report report;
  report.grades = {graded("ada", 2, 92.5), graded("bob", 2, 100)};
  auto& broken = report.grades[1].modules[0];
  broken.points = 0;
  broken.tests.clear();
  broken.outcome = grader::Outcome::compile_error;
  report.grades[0].modules[1].outcome = grader::Outcome::missing;
  CHECK(table_of(report, 80) ==
        "student  01             02       total\n"
        "ada      92.5/100       -        92.5/200\n"
        "bob      compile-error  100/100  100/200\n");
}

TEST_CASE("grade table: eight modules keep every point at 80 columns") {
  grader::Report report;
  report.grades = {graded("s000", 8, 92.75), graded("s001", 8, 100)};
  CHECK(
      table_of(report, 80) ==
      "student  01     02     03     04     05     06     07     08     total\n"
      "of       100    100    100    100    100    100    100    100    800\n"
      "s000     92.75  92.75  92.75  92.75  92.75  92.75  92.75  92.75  742\n"
      "s001     100    100    100    100    100    100    100    100    800\n");
  report.grades.push_back(graded(std::string(60, 'x'), 8, 1));
  const auto narrow = table_of(report, 80);
  CHECK(contains(narrow, "xxx...  1 "));
  CHECK(occurrences(narrow, "92.75") == 8);
}

TEST_CASE("grade table: what does not fit beside follows below") {
  grader::Report report;
  report.grades = {graded("s000", 20, 92.75), graded("s001", 20, 100)};
  for (const int width : {40, 80}) {
    const auto table = table_of(report, width);
    INFO(table);
    CHECK(occurrences(table, "92.75") == 20);
    CHECK(occurrences(table, "...") == 0);
    CHECK(occurrences(table, "student") == (width == 80 ? 3 : 6));
    CHECK(contains(table, "total"));
    CHECK(contains(table, "1855"));
  }
}
