#include "grader/module_grade.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace grader {
namespace {

constexpr const char* kStubCounts = " is not there: its stub counts";

}  // namespace

Outcome outcome_of_points(double points, double maximum) {
  if (points >= maximum) return Outcome::passed;
  return points > 0 ? Outcome::partial : Outcome::failed;
}

const char* to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::passed:
      return "passed";
    case Outcome::partial:
      return "partial";
    case Outcome::failed:
      return "failed";
    case Outcome::compile_error:
      return "compile-error";
    case Outcome::link_error:
      return "link-error";
    case Outcome::limit:
      return "limit";
    case Outcome::denied:
      return "denied";
    case Outcome::missing:
      return "missing";
    case Outcome::unreadable:
      return "unreadable";
    case Outcome::infrastructure_error:
      return "infrastructure-error";
  }
  return "unknown";
}

bool ModuleGrade::has_points() const {
  return outcome != Outcome::missing && outcome != Outcome::unreadable &&
         outcome != Outcome::infrastructure_error;
}

bool is_degraded(const std::vector<std::string>& notes) {
  return std::find(notes.begin(), notes.end(), kDegradedNote) != notes.end();
}

std::string stub_note(const std::string& folder, const std::string& source) {
  return fmt::format("{}/src/{}{}", folder, source, kStubCounts);
}

bool is_stub_note(const std::string& note, const std::string& folder) {
  return note.starts_with(folder + "/src/") && note.ends_with(kStubCounts);
}

bool SubmissionGrade::has_points() const {
  const Outcome whole = outcome();
  return whole != Outcome::missing && whole != Outcome::unreadable &&
         whole != Outcome::infrastructure_error;
}

double SubmissionGrade::points() const {
  double sum = 0;
  for (const ModuleGrade& module : modules) {
    if (module.has_points()) sum += module.points;
  }
  return sum;
}

double SubmissionGrade::maximum() const {
  double sum = 0;
  for (const ModuleGrade& module : modules) sum += module.maximum;
  return sum;
}

Outcome SubmissionGrade::outcome() const {
  bool any = false;
  for (const ModuleGrade& module : modules) {
    if (module.outcome == Outcome::infrastructure_error ||
        module.outcome == Outcome::unreadable) {
      return module.outcome;
    }
    any = any || module.has_points();
  }
  return any ? outcome_of_points(points(), maximum()) : Outcome::missing;
}

}  // namespace grader
