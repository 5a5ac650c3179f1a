// One grading of a directory of submissions, new or again.
#pragma once

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "commands/commands.hpp"
#include "commands/grade_cluster.hpp"
#include "commands/grade_report.hpp"
#include "grader/gradebook/gradebook.hpp"
#include "grader/module_grade.hpp"

namespace tito {

struct RunOptions {
  std::string submissions;
  GradeFiles files;
  unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
  std::string prerequisites = "reference";
  std::vector<std::string> modules;
  std::vector<std::string> students;  ///< only theirs; empty: all
  int seconds = 10;
  std::string gradebook, times;
  bool degraded = false;
  ClusterWords cluster;
  /// Called when nothing can refuse the run any more, before it grades.
  std::function<void(grader::Gradebook&)> on_begin = nullptr;
};

/// Returns the exit code.
int run_grade(const RunOptions& options, App& app);

}  // namespace tito
