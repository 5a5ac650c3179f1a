#include "grader/gradebook/times.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grader/gradebook/csv.hpp"

namespace grader {
namespace {

std::size_t column(const CsvRow& header, const std::string& wanted,
                   const std::string& name) {
  const auto found =
      std::find(header.cells.begin(), header.cells.end(), wanted);
  if (found != header.cells.end()) {
    return static_cast<std::size_t>(found - header.cells.begin());
  }
  throw InputError(
      fmt::format("{}: line {}: there is no column '{}'. The first line names "
                  "the columns: student,submitted_at",
                  name, header.line, wanted));
}

}  // namespace

std::map<std::string, Instant> read_times(std::string_view text,
                                          const std::string& name) {
  const std::vector<CsvRow> rows = read_csv(text, name);
  if (rows.empty()) {
    throw InputError(fmt::format(
        "{}: no times. Its first line names the columns: student,submitted_at",
        name));
  }
  const auto student = column(rows.front(), "student", name);
  const auto time = column(rows.front(), "submitted_at", name);
  std::map<std::string, Instant> times;
  for (auto row = rows.begin() + 1; row != rows.end(); ++row) {
    const std::string& id = row->cells[student];
    if (row->cells[time].empty()) continue;
    try {
      if (!times.emplace(id, parse_instant(row->cells[time])).second) {
        throw InputError(fmt::format("'{}' stands there twice", id));
      }
    } catch (const InputError& error) {
      throw InputError(
          fmt::format("{}: line {}: {}", name, row->line, error.what()));
    }
  }
  return times;
}

}  // namespace grader
