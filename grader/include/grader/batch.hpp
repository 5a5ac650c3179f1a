// Grading a whole directory of submissions.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "grader/grade.hpp"
#include "grader/submission.hpp"

namespace grader {

struct BatchOptions {
  unsigned jobs = 1;
  VerdictCache cache;
  /// Called with each grade as it comes, from one thread at a time.
  std::function<void(const Submission& submission,
                     const SubmissionGrade& grade)>
      on_graded;
};

/// Grades every entry, in their order whatever the number of jobs. A sandbox
/// that fails is tried once more; a failure of ours with one submission is that
/// submission's infrastructure error. What on_graded throws ends the batch, and
/// is thrown.
std::vector<SubmissionGrade> grade_all(const Grader& grader,
                                       const std::vector<Entry>& entries,
                                       const BatchOptions& options);

}  // namespace grader
