// The grades as documents for people and machines. Two runs over the same
// submissions give the same bytes: no times, no temporary names.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "grader/grade.hpp"
#include "grader/submission.hpp"

namespace grader {

struct Report {
  std::vector<SubmissionGrade> grades;
  std::vector<Refusal> refused;
  Prerequisites prerequisites = Prerequisites::reference;
  bool sandboxed = true;  ///< see GradeOptions
  /// Others' code, and no sandbox: --allow-degraded.
  bool degraded = false;
  std::map<std::string, std::string> versions;  ///< "tito": "0.1.0"
};

/// RFC 4180: student,module,points,maximum,outcome; after the modules of each
/// student one row `total`, at the end the refused entries. Points that nobody
/// can tell are empty, never 0. A cell that a spreadsheet would take for a
/// formula begins with an apostrophe. If it is degraded, each row has a
/// sixth column, isolation: degraded.
std::string csv(const Report& report);

/// Takes a document piece by piece.
using Sink = std::function<void(std::string_view)>;

/// Everything, down to the failures of each test, a submission a line: for a
/// class it is too large to be held in memory.
void write_json(const Report& report, const Sink& write);

/// One suite per student and module, one case per test.
std::string junit(const Report& report);

/// "7.5", "100": as short as possible.
std::string format_points(double points);

}  // namespace grader
