#include "export_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "grader/gradebook/csv.hpp"

namespace grader {
namespace {

std::string join(const Sheet& sheet) {
  std::string text;
  for (const SheetRow& row : sheet.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) text += sheet.delimiter;
      text += csv_cell(row[i], sheet.delimiter);
    }
    text += "\r\n";
  }
  return text;
}

Sheet reread(const std::string& text, const Sheet& written,
             const char* format) {
  Sheet sheet;
  sheet.delimiter = written.delimiter;
  for (CsvRow& row : read_csv(text, format, written.delimiter)) {
    sheet.rows.push_back(std::move(row.cells));
  }
  if (sheet.rows == written.rows) return sheet;
  throw ExportError(fmt::format(
      "the {} export does not read back as it was written. Nothing was kept",
      format));
}

}  // namespace

Export write_sheet(const Sheet& sheet, const char* format,
                   const std::function<void(const Sheet&)>& rules) {
  const std::string text = join(sheet);
  try {
    rules(reread(text, sheet, format));
  } catch (const InputError& error) {
    throw ExportError(fmt::format("the {} export does not read back: {}",
                                  format, error.what()));
  }
  return {{{"", text}}, sheet.left_out};
}

void check_grade(const std::string& cell, double maximum,
                 const std::string& who, const std::string& column) {
  if (cell.empty()) return;
  double value = 0;
  const char* end = cell.data() + cell.size();
  const auto [rest, error] = std::from_chars(cell.data(), end, value);
  const std::size_t point = cell.find('.');
  const bool number = error == std::errc() && rest == end &&
                      point == cell.size() - 3 && cell[0] != '-' &&
                      cell.find_first_not_of("0123456789.") == cell.npos;
  if (number && value <= maximum) return;
  throw ExportError(
      fmt::format("{}, column '{}': the grade {} is not a number from 0 to "
                  "{:g}. Correct it "
                  "with: tito grade override",
                  who, column, cell, maximum));
}

void check_header(const Sheet& sheet, const std::vector<std::string>& begin) {
  const SheetRow& header = sheet.rows.at(0);
  const std::set<std::string> names(header.begin(), header.end());
  if (names.size() != header.size()) {
    throw ExportError(
        "two columns have the same title. Give them others with: tito grade "
        "policy set --title MODULE=TITLE");
  }
  if (header.size() < begin.size() ||
      !std::equal(begin.begin(), begin.end(), header.begin())) {
    throw ExportError(
        fmt::format("the header must begin with: {}", fmt::join(begin, ", ")));
  }
}

void check_unique(const Sheet& sheet, std::size_t first, std::size_t column) {
  for (std::size_t i = first; i < sheet.rows.size(); ++i) {
    if (!sheet.rows[i].at(column).empty()) continue;
    throw ExportError(fmt::format(
        "row {}: the student has no {}. Correct the roster: tito grade roster "
        "import FILE",
        i + 1, sheet.rows[0].at(column)));
  }
  check_unlike(sheet, first, column);
}

void check_unlike(const Sheet& sheet, std::size_t first, std::size_t column) {
  std::set<std::string> seen;
  for (std::size_t i = first; i < sheet.rows.size(); ++i) {
    const std::string& cell = sheet.rows[i].at(column);
    if (cell.empty() || seen.insert(cell).second) continue;
    throw ExportError(fmt::format(
        "row {}: two students have the {} '{}'. Correct the roster: tito grade "
        "roster import FILE",
        i + 1, sheet.rows[0].at(column), cell));
  }
}

std::string two_decimals(const std::optional<double>& points) {
  return points ? fmt::format("{:.2f}", *points) : "";
}

}  // namespace grader
