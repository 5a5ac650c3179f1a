// Grading a whole directory of submissions.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "grader/grade.hpp"
#include "grader/scratch.hpp"
#include "grader/submission.hpp"

namespace grader {

struct BatchOptions {
  unsigned jobs = 1;
  VerdictCache cache;
  /// Called with each grade as it comes, from one thread at a time.
  std::function<void(const Submission& submission,
                     const SubmissionGrade& grade)>
      on_graded;
  /// Called after each submission, from one thread at a time.
  std::function<void(std::size_t done, std::size_t total,
                     const std::string& id)>
      on_progress;
};

/// Grades every entry, in their order whatever the number of jobs. A sandbox
/// that fails is tried once more; a failure of ours with one submission is that
/// submission's infrastructure error. What on_graded and on_progress throw ends
/// the batch, and is thrown.
std::vector<SubmissionGrade> grade_all(const Grader& grader,
                                       const Curriculum& curriculum,
                                       const std::vector<Entry>& entries,
                                       const BatchOptions& options);

}  // namespace grader
