// The grade of a submission, as plain values.
#pragma once

#include <string>
#include <vector>

#include "grader/score.hpp"
#include "grader/test_run.hpp"

namespace grader {

enum class Outcome {
  passed,   ///< every point
  partial,  ///< some
  failed,   ///< none
  compile_error,
  link_error,
  limit,       ///< the compiler needed too much time, memory or output
  denied,      ///< the code tampers with the test program
  missing,     ///< not handed in: no points, which is not zero points
  unreadable,  ///< a damaged archive: likewise
  infrastructure_error,  ///< ours: never counts against the student
};
const char* to_string(Outcome outcome);
/// passed, partial or failed.
Outcome outcome_of_points(double points, double maximum);

struct ModuleGrade {
  std::string number;  ///< "01"
  std::string folder;  ///< "01_tensor"
  Outcome outcome = Outcome::missing;
  double points = 0, maximum = 0;
  std::string detail;  ///< why, if not by the tests alone
  std::vector<TaskScore> tasks;
  std::vector<TestResult> tests;

  /// False if no points can be told: nothing was graded.
  bool has_points() const;
};

/// Among a submission's notes where code ran without a sandbox around it.
inline constexpr const char* kDegradedNote = "graded without a sandbox";
bool is_degraded(const std::vector<std::string>& notes);

/// A submission's note about a file that a begun module lacks.
std::string stub_note(const std::string& folder, const std::string& source);
/// Whether `note` is one, and about this module.
bool is_stub_note(const std::string& note, const std::string& folder);

struct SubmissionGrade {
  std::string id;
  std::vector<ModuleGrade> modules;  ///< every graded module, in order
  std::vector<std::string> ignored, notes;

  bool has_points() const;
  double points() const;
  double maximum() const;
  Outcome outcome() const;  ///< of all modules together
};

}  // namespace grader
