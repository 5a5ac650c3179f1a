// What a student has achieved: .tito/progress.json.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "grader/curriculum.hpp"

namespace tito {

struct ModuleProgress {
  std::string started_at;
  std::string completed_at;  ///< empty: not complete
  std::string sources;       ///< hash of the sources at completion
  double points = 0;
  bool complete() const { return !completed_at.empty(); }
};

struct MilestoneProgress {
  std::string achieved_at;
  std::map<std::string, double> metrics;
};

/// Keyed by the module's number, and "01_1957_perceptron/1" for a part.
struct Progress {
  std::map<std::string, ModuleProgress> modules;
  std::map<std::string, MilestoneProgress> milestones;

  bool started(const std::string& number) const;
  bool complete(const std::string& number) const;
};

std::string milestone_key(const grader::Milestone& milestone, std::size_t part);

std::string to_json(const Progress& progress);

/// The text is not a progress file of a version that this tito knows.
class ProgressFormatError : public std::runtime_error {
 public:
  ProgressFormatError(const std::string& what, bool is_newer)
      : std::runtime_error(what), newer(is_newer) {}
  bool newer;
};

/// @throws ProgressFormatError
Progress parse_progress(const std::string& text);

}  // namespace tito
