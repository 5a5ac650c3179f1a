// The table that a grading prints. The files hold everything; here every point
// is shown, if need be without what stands beside it.
#include <fmt/format.h>

#include "commands/grade_report.hpp"
#include "ui/table.hpp"

namespace tito {
namespace {

constexpr std::size_t kMostRows = 40;
/// Ids are shortened to this many columns before anything else is left out.
constexpr int kShortestId = 12;

Style style_of(grader::Outcome outcome) {
  if (outcome == grader::Outcome::passed) return Style::good;
  return outcome == grader::Outcome::partial ? Style::warn : Style::bad;
}

std::string points_text(bool known, double points) {
  return known ? grader::format_points(points) : "-";
}

std::string points_of_maximum(bool known, double points, double maximum) {
  if (!known) return "-";
  return fmt::format("{}/{}", grader::format_points(points),
                     grader::format_points(maximum));
}

std::string module_text(const grader::ModuleGrade& module) {
  const bool tested = !module.tests.empty() || !module.has_points();
  if (!tested) return grader::to_string(module.outcome);
  return points_of_maximum(module.has_points(), module.points, module.maximum);
}

std::vector<Cell> whole_row(const grader::SubmissionGrade& grade) {
  std::vector<Cell> row = {{grade.id, Style::bold}};
  for (const auto& module : grade.modules) {
    row.push_back({module_text(module), style_of(module.outcome)});
  }
  row.push_back(
      {points_of_maximum(grade.has_points(), grade.points(), grade.maximum()),
       style_of(grade.outcome())});
  return row;
}

std::vector<Cell> points_row(const grader::SubmissionGrade& grade) {
  std::vector<Cell> row = {{grade.id, Style::bold}};
  for (const auto& module : grade.modules) {
    row.push_back({points_text(module.has_points(), module.points),
                   style_of(module.outcome)});
  }
  row.push_back({points_text(grade.has_points(), grade.points()),
                 style_of(grade.outcome())});
  return row;
}

/// The maxima, once for all students.
std::vector<Cell> maximum_row(const grader::SubmissionGrade& grade) {
  std::vector<Cell> row = {{"of", Style::dim}};
  for (const auto& module : grade.modules) {
    row.push_back({grader::format_points(module.maximum), Style::dim});
  }
  row.push_back({grader::format_points(grade.maximum()), Style::dim});
  return row;
}

Table empty_table(const grader::SubmissionGrade& grade) {
  std::vector<std::string> names = {"student"};
  for (const auto& module : grade.modules) names.push_back(module.number);
  names.emplace_back("total");
  return Table(names);
}

std::string grades_text(const std::vector<grader::SubmissionGrade>& grades,
                        const Terminal& terminal) {
  Table whole = empty_table(grades.front());
  Table points = empty_table(grades.front());
  points.add(maximum_row(grades.front()));
  for (std::size_t i = 0; i < grades.size() && i < kMostRows; ++i) {
    whole.add(whole_row(grades[i]));
    points.add(points_row(grades[i]));
  }
  const bool fits = whole.fits(terminal, kShortestId);
  return (fits ? whole : points).render_blocks(terminal, kShortestId);
}

}  // namespace

void print_grades(const grader::Report& report, App& app) {
  const auto& grades = report.grades;
  if (!grades.empty()) {
    app.terminal->write(grades_text(grades, *app.terminal));
    if (grades.size() > kMostRows) {
      app.terminal->print("... and {} more\n", grades.size() - kMostRows);
    }
  }
  for (const grader::Refusal& refusal : report.refused) {
    app.terminal->warn("not graded: '{}': {}\n", refusal.name, refusal.reason);
  }
  if (!report.refused.empty()) {
    app.terminal->warn("Rename or mend what should count, and grade again.\n");
  }
}

}  // namespace tito
