#include "grader/gradebook/export_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "grader/gradebook/pseudonym.hpp"

namespace grader {
namespace {

std::vector<ExportColumn> columns_of(const Curriculum& curriculum,
                                     const Policy& policy,
                                     const std::vector<std::string>& wanted) {
  std::vector<ExportColumn> columns;
  for (const Module& module : curriculum.modules()) {
    const bool chosen =
        wanted.empty() ||
        std::find(wanted.begin(), wanted.end(), module.number) != wanted.end();
    if (!chosen) continue;
    const auto title = policy.titles.find(module.number);
    columns.push_back({module.number, module.folder(),
                       title == policy.titles.end()
                           ? fmt::format("{} {}", module.number, module.title)
                           : title->second,
                       module.points(), module.tasks});
  }
  return columns;
}

/// The latest grades; where the chosen run has one, that.
std::vector<RecordedGrade> recorded_grades(const Gradebook& gradebook,
                                           const ExportChoice& choice) {
  if (!choice.run) return gradebook.latest_grades(choice.detail);
  std::map<std::pair<std::string, std::string>, RecordedGrade> chosen;
  for (RecordedGrade& grade : gradebook.grades(*choice.run, choice.detail)) {
    chosen[{grade.student, grade.grade.number}] = std::move(grade);
  }
  auto latest = gradebook.latest_grades(choice.detail);
  for (RecordedGrade& grade : latest) {
    const auto found = chosen.find({grade.student, grade.grade.number});
    if (found != chosen.end()) grade = std::move(found->second);
  }
  return latest;
}

/// Null for what nobody graded, or not in the chosen run.
const RecordedGrade* shown_grade(
    const std::vector<const RecordedGrade*>& grades, const ExportColumn& column,
    const ExportChoice& choice) {
  const auto found = std::find_if(grades.begin(), grades.end(),
                                  [&](const RecordedGrade* grade) {
                                    return grade->grade.number == column.number;
                                  });
  if (found == grades.end()) return nullptr;
  return choice.run && (*found)->run != *choice.run ? nullptr : *found;
}

ModuleGrade measured_grade(const RecordedGrade* recorded,
                           const ExportColumn& column) {
  if (recorded != nullptr) return recorded->grade;
  ModuleGrade missing;
  missing.number = column.number;
  missing.folder = column.folder;
  missing.maximum = column.maximum;
  return missing;
}

EffectiveGrade not_shown(const ExportColumn& column) {
  EffectiveGrade grade;
  grade.module = column.number;
  grade.maximum = column.maximum;
  return grade;
}

ExportRow row_of(const Student& student, const StudentGrades& effective,
                 const std::vector<const RecordedGrade*>& grades,
                 const std::vector<ExportColumn>& columns,
                 const ExportChoice& choice) {
  ExportRow row;
  row.student = student;
  for (const ExportColumn& column : columns) {
    const RecordedGrade* shown = shown_grade(grades, column, choice);
    const auto counts = std::find_if(
        effective.modules.begin(), effective.modules.end(),
        [&](const auto& grade) { return grade.module == column.number; });
    row.grades.push_back(choice.run && shown == nullptr ? not_shown(column)
                                                        : *counts);
    row.measured.push_back(measured_grade(shown, column));
  }
  const Total total = total_of(row.grades);
  row.points = total.points;
  row.maximum = total.maximum;
  return row;
}

/// Takes away everything that could name the student.
void hide(ExportRow& row, const std::string& key) {
  Student nobody;
  nobody.id = pseudonym(key, row.student.id);
  nobody.enrolled = row.student.enrolled;
  row.student = nobody;
  for (ModuleGrade& module : row.measured) {
    module.detail.clear();
    for (TestResult& test : module.tests) {
      test.failures.clear();
      test.output.clear();
      test.detail.clear();
    }
  }
}

template <class Predicate>
int count_grades(const ExportTable& table, const Predicate& counts) {
  std::ptrdiff_t count = 0;
  for (const ExportRow& row : table.rows) {
    count += std::count_if(row.grades.begin(), row.grades.end(), counts);
  }
  return static_cast<int>(count);
}

}  // namespace

ExportTable export_table(const Gradebook& gradebook,
                         const Curriculum& curriculum,
                         const ExportChoice& choice) {
  const auto ledger = gradebook.ledger();
  const Policy policy = current_policy(ledger);
  const auto decided = decisions(ledger);
  const auto recorded = recorded_grades(gradebook, choice);
  std::map<std::string, std::vector<const RecordedGrade*>> by_student;
  for (const RecordedGrade& grade : recorded) {
    by_student[grade.student].push_back(&grade);
  }
  ExportTable table;
  table.columns = columns_of(curriculum, policy, choice.modules);
  table.has_roster = gradebook.has_roster();
  table.anonymous = choice.anonymous;
  for (const Student& student : gradebook.students()) {
    const auto& grades = by_student[student.id];
    const auto found = decided.find(student.id);
    const auto effective =
        effective_grades(grades, curriculum, policy,
                         found == decided.end() ? Decisions() : found->second);
    table.rows.push_back(
        row_of(student, effective, grades, table.columns, choice));
    if (choice.anonymous) hide(table.rows.back(), gradebook.course_key());
  }
  std::sort(table.rows.begin(), table.rows.end(),
            [](const ExportRow& a, const ExportRow& b) {
              return a.student.id < b.student.id;
            });
  return table;
}

std::vector<const ExportRow*> class_rows(const ExportTable& table) {
  std::vector<const ExportRow*> rows;
  for (const ExportRow& row : table.rows) {
    if (row.student.enrolled || !table.has_roster) rows.push_back(&row);
  }
  return rows;
}

int degraded_grades(const ExportTable& table) {
  return count_grades(table, [](const auto& grade) { return grade.degraded; });
}

int open_grades(const ExportTable& table) {
  return count_grades(table, is_open);
}

int dropped_grades(const ExportTable& table) {
  return count_grades(table, [](const auto& grade) {
    return grade.dropped && grade.points.has_value();
  });
}

}  // namespace grader
