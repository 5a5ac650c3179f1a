// Plain CSV, long and wide.
#include <fmt/format.h>

#include "export_sheet.hpp"
#include "grader/gradebook/csv.hpp"
#include "grader/report.hpp"

namespace grader {
namespace {

std::string points_text(const std::optional<double>& points) {
  return points ? format_points(*points) : "";
}

SheetRow person(const Student& student) {
  return {student.id, without_formula(student.name),
          without_formula(student.email), without_formula(student.section)};
}

SheetRow module_row(const ExportRow& row, const ExportColumn& column,
                    const EffectiveGrade& grade) {
  SheetRow cells = person(row.student);
  cells.insert(cells.end(),
               {column.folder, "", to_string(grade.state),
                points_text(grade.points), points_text(grade.raw),
                format_points(grade.maximum), std::to_string(grade.days_late),
                std::to_string(grade.tokens), grade.dropped ? "yes" : "",
                fmt::format("{}", fmt::join(grade.notes, "; "))});
  return cells;
}

SheetRow test_row(const ExportRow& row, const ExportColumn& column,
                  const TestResult& test) {
  SheetRow cells = person(row.student);
  cells.insert(cells.end(),
               {column.folder, without_formula(test.name),
                to_string(test.status), "", "", "", "", "", "", ""});
  return cells;
}

/// "01_tensor; 02_activations": the modules measured without a sandbox.
std::string degraded_modules(const ExportTable& table, const ExportRow& row) {
  std::vector<std::string> folders;
  for (std::size_t i = 0; i < row.grades.size(); ++i) {
    if (row.grades[i].degraded) folders.push_back(table.columns[i].folder);
  }
  return fmt::format("{}", fmt::join(folders, "; "));
}

}  // namespace

Export export_csv(const ExportTable& table) {
  Sheet sheet;
  sheet.rows = {{"student", "name", "email", "section", "module", "test",
                 "state", "points", "raw", "maximum", "days_late", "tokens",
                 "dropped", "notes"}};
  for (const ExportRow& row : table.rows) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      sheet.rows.push_back(module_row(row, table.columns[i], row.grades[i]));
      for (const TestResult& test : row.measured[i].tests) {
        sheet.rows.push_back(test_row(row, table.columns[i], test));
      }
    }
  }
  return write_sheet(sheet, "csv", [](const Sheet&) {});
}

Export export_csv_wide(const ExportTable& table) {
  Sheet sheet;
  sheet.rows = {{"student", "name", "email", "section"}};
  for (const ExportColumn& column : table.columns) {
    sheet.rows[0].push_back(column.folder);
  }
  sheet.rows[0].insert(sheet.rows[0].end(), {"total", "maximum"});
  // Where every grade has its sandbox, nobody needs the column.
  const bool degraded = degraded_grades(table) > 0;
  if (degraded) sheet.rows[0].emplace_back("degraded");
  for (const ExportRow& row : table.rows) {
    SheetRow cells = person(row.student);
    for (const EffectiveGrade& grade : row.grades) {
      cells.push_back(points_text(grade.points));
    }
    cells.push_back(points_text(row.points));
    cells.push_back(format_points(row.maximum));
    if (degraded) cells.push_back(degraded_modules(table, row));
    sheet.rows.push_back(std::move(cells));
  }
  return write_sheet(sheet, "csv-wide",
                     [](const Sheet& read) { check_unique(read, 1, 0); });
}

}  // namespace grader
