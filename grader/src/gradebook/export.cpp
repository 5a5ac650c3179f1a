#include "grader/gradebook/export.hpp"

#include <fmt/format.h>

#include <pugixml.hpp>

#include "export_sheet.hpp"
#include "grader/report.hpp"

namespace grader {
namespace {

struct Format {
  ExportFormat format;
  const char* name;
  Export (*write)(const ExportTable&);
  bool names_people;  ///< useless without real names
  bool tests;         ///< lists them
  /// The other system adds up, and cannot be told what was dropped.
  bool counts_dropped;
};

constexpr Format kFormats[] = {
    {ExportFormat::csv, "csv", export_csv, false, true, false},
    {ExportFormat::csv_wide, "csv-wide", export_csv_wide, false, false, false},
    {ExportFormat::canvas, "canvas", export_canvas, true, false, false},
    {ExportFormat::moodle, "moodle", export_moodle, true, false, true},
    {ExportFormat::moodle_worksheet, "moodle-worksheet",
     export_moodle_worksheet, true, false, true},
    {ExportFormat::blackboard, "blackboard", export_blackboard, true, false,
     true},
    {ExportFormat::brightspace, "brightspace", export_brightspace, true, false,
     true},
    {ExportFormat::gradescope, "gradescope", export_gradescope, false, false,
     false},
    {ExportFormat::autolab, "autolab", export_autolab, false, false, true},
    {ExportFormat::junit, "junit", export_junit, false, true, false},
    {ExportFormat::json, "json", export_json, false, true, false},
};

const Format& find(ExportFormat format) {
  return kFormats[static_cast<std::size_t>(format)];
}

/// One by one: not all of a student's modules need have had a sandbox.
void add_modules(const ExportRow& row, Report& report) {
  for (std::size_t i = 0; i < row.measured.size(); ++i) {
    SubmissionGrade grade{row.student.id, {row.measured[i]}, {}, {}};
    if (row.grades[i].degraded) grade.notes.emplace_back(kDegradedNote);
    report.grades.push_back(std::move(grade));
  }
}

}  // namespace

const char* to_string(ExportFormat format) { return find(format).name; }

std::vector<ExportFormat> export_formats() {
  std::vector<ExportFormat> formats;
  for (const Format& format : kFormats) formats.push_back(format.format);
  return formats;
}

bool is_directory(ExportFormat format) {
  return format == ExportFormat::gradescope || format == ExportFormat::autolab;
}

bool needs_tests(ExportFormat format) { return find(format).tests; }

bool counts_dropped(ExportFormat format) { return find(format).counts_dropped; }

Export export_junit(const ExportTable& table) {
  Report report;
  for (const ExportRow& row : table.rows) add_modules(row, report);
  const std::string text = junit(report);
  pugi::xml_document document;
  const auto read = document.load_string(text.c_str());
  const auto suites = document.child("testsuites").children("testsuite");
  const auto count =
      static_cast<std::size_t>(std::distance(suites.begin(), suites.end()));
  if (!read || count != table.rows.size() * table.columns.size()) {
    throw ExportError(
        fmt::format("the JUnit export does not read back: {}",
                    read ? "suites are missing" : read.description()));
  }
  return {{{"", text}}, {}};
}

Export make_export(ExportFormat format, const ExportTable& table) {
  const Format& chosen = find(format);
  if (table.anonymous && chosen.names_people) {
    throw InputError(fmt::format(
        "{} must know who is who: leave out --anonymous, or choose csv, "
        "csv-wide, gradescope, autolab, junit or json",
        chosen.name));
  }
  return chosen.write(table);
}

}  // namespace grader
