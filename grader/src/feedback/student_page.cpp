#include "student_page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "chart.hpp"
#include "failures.hpp"
#include "grader/report.hpp"
#include "table.hpp"
#include "words.hpp"

namespace grader {
namespace {

using html::element;
using html::Html;
using Status = TestResult::Status;

Html total(const ExportRow& row) {
  if (!row.points) {
    return element("p", "No points yet: nothing was graded.",
                   {{"class", "total"}});
  }
  return element(
      "p",
      element("strong", format_points(*row.points)) +
          html::text(" of " + format_points(row.maximum) + " points"),
      {{"class", "total"}});
}

Html chart(const ExportTable& table, const ExportRow& row) {
  std::vector<html::Bar> bars;
  std::string words;
  for (std::size_t i = 0; i < row.grades.size(); ++i) {
    const EffectiveGrade& grade = row.grades[i];
    html::Bar bar;
    bar.label = table.columns[i].title;
    if (grade.points && grade.maximum > 0) {
      bar.share = *grade.points / grade.maximum;
    }
    // The table below has all decimals.
    bar.value = grade.points ? fmt::format("{:.4g} of {:.4g}", *grade.points,
                                           grade.maximum)
                             : "no points";
    words += fmt::format("{}{}: {}", words.empty() ? "" : "; ", bar.label,
                         points_of(grade.points, grade.maximum));
    bars.push_back(std::move(bar));
  }
  return html::bar_chart({"modules", "Points in each module", words + "."},
                         bars);
}

/// Points that were measured otherwise stand below those that count.
Html points_cell(const std::string& words, std::optional<double> counts,
                 std::optional<double> measured) {
  Html out = html::text(words);
  if (measured && measured != counts) {
    out += element("div", "measured: " + format_points(*measured),
                   {{"class", "quiet"}});
  }
  return out;
}

bool has_section(const EffectiveGrade& grade, const ModuleGrade& measured) {
  const bool silent = !measured.has_points() && grade.tasks.empty();
  return !silent && grade.state != GradeState::excused;
}

std::string anchor(const ExportColumn& column) {
  return "module-" + column.number;
}

Html module_cell(const ExportColumn& column, const EffectiveGrade& grade,
                 const ModuleGrade& measured) {
  if (!has_section(grade, measured)) return html::text(column.title);
  return element("a", column.title, {{"href", "#" + anchor(column)}});
}

Html state_cell(const EffectiveGrade& grade, const ModuleGrade& measured) {
  Html out = state_words(grade, measured);
  // An excuse has one note, which says the same.
  if (grade.state == GradeState::excused) return out;
  for (const std::string& note : grade.notes)
    out += element("div", note, {{"class", "notes"}});
  return out;
}

Html overview(const ExportTable& table, const ExportRow& row) {
  html::Table out(
      "What counts, and why where it differs from what was "
      "measured",
      {{"Module", false}, {"State", false}, {"Points", true}});
  for (std::size_t i = 0; i < row.grades.size(); ++i) {
    const EffectiveGrade& grade = row.grades[i];
    out.add({module_cell(table.columns[i], grade, row.measured[i]),
             state_cell(grade, row.measured[i]),
             points_cell(points_of(grade.points, grade.maximum), grade.points,
                         grade.raw)});
  }
  return out.html();
}

/// How the first public test ended that did not pass. Of hidden ones nobody
/// learns that: see withheld_tests().
std::string problem_words(const std::string& task,
                          const ModuleGrade& measured) {
  for (const TestResult& test : measured.tests) {
    if (test.status == Status::passed || is_withheld(test)) continue;
    if (is_test_of(test, task)) return status_words(test.status);
  }
  return "hidden tests did not pass";
}

/// "3 of 5 tests", and what kept the others from passing.
Html task_state(const TaskScore& score, const ModuleGrade& measured) {
  if (score.tests > 0 && score.passed == score.tests) {
    return element("span", "passed", {{"class", "good"}});
  }
  if (is_unwritten(score.task, measured)) {
    return element("span", status_words(Status::not_implemented),
                   {{"class", "warn"}});
  }
  const bool ran =
      std::any_of(measured.tests.begin(), measured.tests.end(),
                  [&](const auto& t) { return is_test_of(t, score.task); });
  if (!ran) {
    return element("span", "no test ran", {{"class", "quiet"}});
  }
  return element(
      "span",
      fmt::format("{}: {} of {} passed", problem_words(score.task, measured),
                  score.passed,
                  count_words(static_cast<std::size_t>(score.tests), "test")),
      {{"class", "bad"}});
}

Html task_points(const TaskScore& score, const ModuleGrade& measured) {
  std::optional<double> raw;
  for (const TaskScore& other : measured.tasks) {
    if (other.task == score.task) raw = other.points;
  }
  return points_cell(points_of(score.points, score.maximum), score.points, raw);
}

Html tasks(const ExportColumn& column, const EffectiveGrade& grade,
           const ModuleGrade& measured) {
  html::Table table("Tasks of " + column.title,
                    {{"Task", false}, {"Tests", false}, {"Points", true}});
  for (const TaskScore& score : grade.tasks) {
    table.add({html::text(task_words(column, score.task)),
               task_state(score, measured), task_points(score, measured)});
  }
  return table.empty() ? Html{} : table.html();
}

Html resources(const ModuleGrade& measured) {
  const TestResult* slowest = nullptr;
  std::size_t tests = 0;
  double seconds = 0;
  for (const TestResult& test : measured.tests) {
    if (is_withheld(test)) continue;
    ++tests;
    seconds += test.seconds;
    if (!slowest || test.seconds > slowest->seconds) slowest = &test;
  }
  if (!slowest) return {};
  return element("p",
                 fmt::format("{} in {:.2f} s. The slowest, {:.2f} s: {}.",
                             count_words(tests, "public test"), seconds,
                             slowest->seconds, slowest->name),
                 {{"class", "quiet"}}) +
         Html{"\n"};
}

/// The commands that help with what has not all its points.
Html further(const EffectiveGrade& grade) {
  Html commands;
  for (const TaskScore& score : grade.tasks) {
    if (score.tests > 0 && score.passed == score.tests) continue;
    commands +=
        element("div", element("code", "tito module hint " + score.task));
  }
  if (commands.empty()) return {};
  return element("h3", "To look further") + Html{"\n"} + commands + Html{"\n"};
}

Html module_section(const ExportTable& table, const ExportRow& row,
                    std::size_t i, const FeedbackOptions& options) {
  const ExportColumn& column = table.columns[i];
  const EffectiveGrade& grade = row.grades[i];
  const ModuleGrade& measured = row.measured[i];
  if (!has_section(grade, measured)) return {};
  Html content = element("h2", column.title) + Html{"\n"} +
                 tasks(column, grade, measured) +
                 build_problem(row.student.id, measured, options) +
                 failed_tests(column, measured) + further(grade) +
                 resources(measured);
  return element("section", Html{"\n"} + content, {{"id", anchor(column)}}) +
         Html{"\n"};
}

Html about(const ExportTable& table, const ExportRow& row) {
  if (table.anonymous) {
    return element("p",
                   "An anonymous copy: what compilers and programs said is "
                   "left out, because it may name people.",
                   {{"class", "quiet"}});
  }
  // Without a name the heading has the id already.
  if (row.student.name.empty()) return {};
  return element("p", html::isolated(row.student.id), {{"class", "quiet"}});
}

}  // namespace

std::string student_page(const ExportTable& table, const ExportRow& row,
                         const FeedbackOptions& options) {
  Html content =
      element("h1", html::text("Feedback for ") + name_of(row.student)) +
      Html{"\n"} + about(table, row) + Html{"\n"} + total(row) +
      chart(table, row) + overview(table, row);
  for (std::size_t i = 0; i < row.grades.size(); ++i) {
    content += module_section(table, row, i, options);
  }
  const std::string& who =
      row.student.name.empty() ? row.student.id : row.student.name;
  return html::page("Feedback for " + who,
                    element("main", Html{"\n"} + content) + Html{"\n"});
}

}  // namespace grader
