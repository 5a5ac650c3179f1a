// The column headers of learning platforms, all in one place.
//
// Those of Canvas and Moodle are from their manuals. Those of Blackboard and
// Brightspace are from memory: compare them with a file that yours exports,
// and change them here.
#pragma once

#include <fmt/format.h>

#include <string>

#include "grader/gradebook/export_table.hpp"

namespace grader::lms {

inline constexpr const char* kCanvas[] = {"Student", "ID", "SIS User ID",
                                          "SIS Login ID", "Section"};
/// The first cell of Canvas' second row.
inline constexpr const char* kCanvasPossible = "    Points Possible";
inline constexpr const char* kCanvasExcused = "EX";
/// Canvas drops columns whose title contains one of these.
inline constexpr const char* kCanvasReserved[] = {
    "current score", "current points", "current grade",
    "final score",   "final points",   "final grade"};

/// What Moodle finds a person by, and the roster's column that has it. One
/// unknown person stops the whole import, so an export uses a single one of
/// these.
struct MoodleIdentity {
  const char* header;
  const char* column;
  std::string Student::*field;
};
inline constexpr MoodleIdentity kMoodle[] = {
    {"username", "login", &Student::login},
    {"idnumber", "sis_id", &Student::sis_id},
    {"email", "email", &Student::email}};

inline constexpr const char* kWorksheetId = "Identifier";
inline constexpr const char* kWorksheetGrade = "Grade";
inline constexpr const char* kWorksheet[] = {kWorksheetId, "Full name",
                                             kWorksheetGrade, "Maximum Grade",
                                             "Last modified (grade)"};
inline std::string participant(const Student& student) {
  return "Participant " + student.moodle_id;
}

inline constexpr const char* kBlackboardUser = "Username";
/// "05 Autograd [Total Pts: 100 Score]"; the policy's title may go on with the
/// column's number: "05 Autograd |1234567".
inline std::string blackboard_column(const ExportColumn& column) {
  const std::size_t bar = column.title.find(" |");
  const std::string name = column.title.substr(0, bar);
  const std::string number =
      bar == std::string::npos ? "" : column.title.substr(bar);
  return fmt::format("{} [Total Pts: {:g} Score]{}", name, column.maximum,
                     number);
}

inline constexpr const char* kBrightspace[] = {"OrgDefinedId", "Username"};
inline constexpr const char* kBrightspaceEnd = "End-of-Line Indicator";
inline constexpr const char* kBrightspaceEndOfRow = "#";
inline std::string brightspace_column(const ExportColumn& column) {
  return column.title + " Points Grade";
}

}  // namespace grader::lms
