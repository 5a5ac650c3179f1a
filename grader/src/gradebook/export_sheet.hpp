// Exports that are rows of cells, and the strict way back.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "grader/gradebook/export.hpp"

namespace grader {

using SheetRow = std::vector<std::string>;

struct Sheet {
  char delimiter = ',';
  std::vector<SheetRow> rows;  ///< the header first
  std::vector<std::string> left_out;
};

/// Joins the rows, reads the text back strictly, compares each cell, and then
/// has `rules` look at what was read.
/// @throws ExportError
Export write_sheet(const Sheet& sheet, const char* format,
                   const std::function<void(const Sheet&)>& rules);

// Rules that several formats share. Each throws ExportError.

/// The cell is empty or a number with two decimals from 0 to `maximum`.
void check_grade(const std::string& cell, double maximum,
                 const std::string& who, const std::string& column);
/// The header begins with these cells.
void check_header(const Sheet& sheet, const std::vector<std::string>& begin);
/// No two rows from `first` on have the same text in a column, and none an
/// empty one.
void check_unique(const Sheet& sheet, std::size_t first, std::size_t column);
/// The same, and as many empty ones as there are.
void check_unlike(const Sheet& sheet, std::size_t first, std::size_t column);

/// "87.50"; empty for what has no points.
std::string two_decimals(const std::optional<double>& points);

// The formats, one function each.

Export export_csv(const ExportTable& table);
Export export_csv_wide(const ExportTable& table);
Export export_canvas(const ExportTable& table);
Export export_moodle(const ExportTable& table);
Export export_moodle_worksheet(const ExportTable& table);
Export export_blackboard(const ExportTable& table);
Export export_brightspace(const ExportTable& table);
Export export_gradescope(const ExportTable& table);
Export export_autolab(const ExportTable& table);
Export export_junit(const ExportTable& table);
Export export_json(const ExportTable& table);

}  // namespace grader
