#include "class_figures.hpp"

#include <algorithm>
#include <numeric>

#include "words.hpp"

namespace grader {
namespace {

using Status = TestResult::Status;

void count(const EffectiveGrade& grade, ModuleFigures& figures) {
  switch (grade.state) {
    case GradeState::graded:
      ++figures.graded;
      break;
    case GradeState::missing:
      ++figures.missing;
      break;
    case GradeState::unreadable:
      ++figures.unreadable;
      break;
    case GradeState::not_graded:
      ++figures.not_graded;
      break;
    case GradeState::excused:
      ++figures.excused;
      break;
  }
  if (grade.days_late > 0) ++figures.late;
  if (!grade.points) return;
  figures.sum += *grade.points;
  ++figures.with_points;
}

/// A module that does not compile has no scores: no task of it is solved.
bool has_all_points(const EffectiveGrade& grade, const Task& task) {
  return std::any_of(
      grade.tasks.begin(), grade.tasks.end(), [&](const TaskScore& score) {
        return score.task == task.id && score.points >= score.maximum;
      });
}

bool ended_so(const ModuleGrade& measured, const Task& task, Status status) {
  return std::any_of(measured.tests.begin(), measured.tests.end(),
                     [&](const TestResult& test) {
                       return test.status == status &&
                              is_test_of(test, task.id);
                     });
}

double ratio(double part, std::size_t whole) {
  return whole == 0 ? 0 : part / static_cast<double>(whole);
}

}  // namespace

std::optional<double> ModuleFigures::mean() const {
  if (with_points == 0) return {};
  return sum / static_cast<double>(with_points);
}

double TaskFigures::share() const {
  return ratio(static_cast<double>(solved), students);
}

double Totals::mean() const {
  return ratio(std::accumulate(shares.begin(), shares.end(), 0.0),
               shares.size());
}

double Totals::median() const {
  if (shares.empty()) return 0;
  const std::size_t middle = shares.size() / 2;
  if (shares.size() % 2 == 1) return shares[middle];
  return (shares[middle - 1] + shares[middle]) / 2;
}

Totals totals(const ExportTable& table) {
  Totals result;
  for (const ExportRow* row : class_rows(table)) {
    if (!row->points || row->maximum <= 0) continue;
    result.shares.push_back(*row->points / row->maximum);
  }
  std::sort(result.shares.begin(), result.shares.end());
  return result;
}

std::vector<ModuleFigures> module_figures(const ExportTable& table) {
  const auto rows = class_rows(table);
  std::vector<ModuleFigures> result;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    ModuleFigures figures;
    figures.title = table.columns[i].title;
    for (const ExportRow* row : rows) count(row->grades[i], figures);
    result.push_back(figures);
  }
  return result;
}

std::vector<TaskFigures> task_figures(const ExportTable& table) {
  const auto rows = class_rows(table);
  std::vector<TaskFigures> result;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    for (const Task& task : table.columns[i].tasks) {
      TaskFigures figures;
      figures.title = task.id + " " + task.title;
      for (const ExportRow* row : rows) {
        if (row->grades[i].state != GradeState::graded) continue;
        ++figures.students;
        if (has_all_points(row->grades[i], task)) ++figures.solved;
      }
      if (figures.students > 0) result.push_back(figures);
    }
  }
  std::stable_sort(result.begin(), result.end(),
                   [](auto& a, auto& b) { return a.share() < b.share(); });
  return result;
}

std::vector<EndFigures> end_figures(const ExportTable& table) {
  const auto rows = class_rows(table);
  std::vector<EndFigures> result;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    for (const Task& task : table.columns[i].tasks) {
      EndFigures figures;
      figures.title = task.id + " " + task.title;
      for (const ExportRow* row : rows) {
        const ModuleGrade& module = row->measured[i];
        figures.crashed += ended_so(module, task, Status::crashed);
        figures.timed_out += ended_so(module, task, Status::timed_out);
        figures.output_limit += ended_so(module, task, Status::output_limit);
        figures.incomplete += ended_so(module, task, Status::incomplete);
      }
      if (figures.all() > 0) result.push_back(figures);
    }
  }
  std::stable_sort(result.begin(), result.end(),
                   [](auto& a, auto& b) { return a.all() > b.all(); });
  return result;
}

}  // namespace grader
