// Comma-separated values as RFC 4180 has them, read strictly.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace grader {

struct CsvRow {
  int line = 0;  ///< where it begins, from 1
  std::vector<std::string> cells;
};

/// Reads UTF-8 with or without a byte order mark, with CRLF or LF. Quoted cells
/// may hold line breaks; empty lines are left out. `name` stands in messages.
/// @throws InputError  naming the line: quotes that do not match or do not
/// begin the cell, a lone carriage return, NUL, what is not UTF-8, a row with
/// more or fewer cells than the first
std::vector<CsvRow> read_csv(std::string_view text, const std::string& name,
                             char delimiter = ',');

/// Quoted if it must be.
std::string csv_cell(const std::string& text, char delimiter = ',');

/// Text of a person's: what a spreadsheet would take for a formula begins with
/// an apostrophe.
std::string without_formula(std::string text);

}  // namespace grader
