// Grades in the formats of other systems.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "grader/gradebook/export_table.hpp"

namespace grader {

enum class ExportFormat {
  csv,               ///< one row per student and module, then its tests
  csv_wide,          ///< one row per student
  canvas,            ///< gradebook import
  moodle,            ///< grade import
  moodle_worksheet,  ///< offline grading worksheet of one assignment
  blackboard,
  brightspace,
  gradescope,  ///< results.json, one file per student
  autolab,     ///< what its autograders print, likewise
  junit,
  json,
};

/// "csv", "csv-wide", ...
const char* to_string(ExportFormat format);
std::vector<ExportFormat> export_formats();

/// The grades cannot be written in this format as they are, or what was
/// written does not read back. Nothing may be kept of it.
class ExportError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct ExportFile {
  std::string name;  ///< inside the directory; empty for the only file
  std::string text;
};

struct Export {
  std::vector<ExportFile> files;
  /// Students whom the format has no place for, as "id: why".
  std::vector<std::string> left_out;
};

/// True if the format is a directory of files.
bool is_directory(ExportFormat format);

/// True if the format lists tests: its table needs Detail::tests.
bool needs_tests(ExportFormat format);

/// True if the format leaves it to the other system to add up, and cannot say
/// that a module was dropped.
bool counts_dropped(ExportFormat format);

/// The files' content, read back by the format's own rules.
/// @throws InputError   if the format cannot take this choice: an anonymous
/// import, more than one module for a worksheet
/// @throws ExportError
Export make_export(ExportFormat format, const ExportTable& table);

}  // namespace grader
