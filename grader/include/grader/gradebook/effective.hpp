// From what was measured to what counts: overrides, lateness, excuses, drops.
// Pure functions; nothing here is stored.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "grader/curriculum.hpp"
#include "grader/gradebook/gradebook.hpp"
#include "grader/gradebook/policy.hpp"

namespace grader {

/// What the ledger says about one student. Of two entries about the same
/// thing the newer holds.
struct Decisions {
  std::map<std::string, double> modules;  ///< overrides, by number
  std::map<std::string, double> tasks;    ///< overrides, by task
  std::map<std::string, Instant> extensions;
  std::set<std::string> excused;
  std::optional<int> tokens;
};

/// By student.
std::map<std::string, Decisions> decisions(
    const std::vector<LedgerEntry>& ledger);

enum class GradeState {
  graded,
  missing,     ///< not handed in
  unreadable,  ///< a damaged archive
  not_graded,  ///< our failure: to be graded again
  excused,
};
const char* to_string(GradeState state);

struct EffectiveGrade {
  std::string module;  ///< "05"
  GradeState state = GradeState::missing;
  std::optional<double> raw;     ///< as measured
  std::optional<double> points;  ///< what counts, to 0.01; empty is not zero
  double maximum = 0;
  int days_late = 0;  ///< days begun, before tokens
  int tokens = 0;     ///< spent here
  bool overridden = false;
  bool dropped = false;            ///< does not count in the total
  bool degraded = false;           ///< measured without a sandbox
  bool outdated = false;           ///< newer work was handed in, not graded yet
  std::vector<TaskScore> tasks;    ///< with overrides, before lateness
  std::vector<std::string> notes;  ///< why points are what they are
};

/// What was handed in last waits for its points.
bool is_open(const EffectiveGrade& grade);

struct Total {
  std::optional<double> points;  ///< empty if no module has any
  double maximum = 0;  ///< of the modules that count: not excused or dropped
};
Total total_of(const std::vector<EffectiveGrade>& modules);

struct StudentGrades {
  std::vector<EffectiveGrade> modules;  ///< in the curriculum's order
  int tokens_left = 0;
  Total total;
};

/// `grades` are one student's, at most one a module.
///
/// - A module's override is the last word until it is cleared: neither lateness
///   nor overrides of its tasks, older or newer, touch it. A task's
///   override corrects what was measured; lateness then applies. In a module
///   that is unreadable or not graded it waits until there are points.
/// - The deadline is the policy's or the extension, whichever is later, plus
///   the grace. Work handed in at that second is in time. A day is 24 hours.
///   Unknown times of submission are in time.
/// - Tokens are spent in the order of the modules, as few as bring the most.
/// - Of the modules that are not excused the lowest by fraction are dropped;
///   one that was not handed in is lower than all others; among equals the
///   later goes.
StudentGrades effective_grades(const std::vector<const RecordedGrade*>& grades,
                               const Curriculum& curriculum,
                               const Policy& policy,
                               const Decisions& decisions);

}  // namespace grader
