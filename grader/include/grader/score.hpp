// From test results to points.
#pragma once

#include <string>
#include <vector>

#include "grader/curriculum.hpp"
#include "grader/test_run.hpp"

namespace grader {

struct TaskScore {
  std::string task;
  double points = 0;  ///< all or nothing: every test of the task passed
  double maximum = 0;
  int tests = 0;
  int passed = 0;
};

/// One score per task of the module, in order. A test counts for every task in
/// its tags. A task without any test earns nothing.
std::vector<TaskScore> score(const Module& module,
                             const std::vector<TestResult>& results);

}  // namespace grader
