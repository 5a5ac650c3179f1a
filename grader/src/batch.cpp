#include "grader/batch.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

#include "grader/sandbox.hpp"

namespace grader {
namespace {

struct Graded {
  Submission submission;
  SubmissionGrade grade;
};

/// A sandbox can fail for reasons that pass.
SubmissionGrade grade_patiently(const Grader& grader,
                                const Submission& submission,
                                const VerdictCache& cache) {
  try {
    return grader.grade(submission, cache);
  } catch (const SandboxError&) {
    return grader.grade(submission, cache);
  }
}

/// Of all modules, if it is not known what was handed in.
SubmissionGrade failure_of(const Grader& grader, const Submission& submission,
                           const std::string& why) {
  auto grade =
      grader.not_graded(submission.id, Outcome::infrastructure_error, why);
  if (submission.files.empty()) return grade;
  for (ModuleGrade& module : grade.modules) {
    if (submission.files.contains(module.number)) continue;
    module.outcome = Outcome::missing;
    module.detail.clear();
  }
  return grade;
}

Graded grade_one(const Grader& grader, const Entry& entry,
                 const VerdictCache& cache) {
  Graded result;
  result.submission.id = entry.id;
  try {
    result.submission = read_submission(entry, grader.curriculum());
    result.grade = grade_patiently(grader, result.submission, cache);
  } catch (const std::exception& error) {
    result.grade = failure_of(grader, result.submission, error.what());
  }
  return result;
}

}  // namespace

std::vector<SubmissionGrade> grade_all(const Grader& grader,
                                       const std::vector<Entry>& entries,
                                       const BatchOptions& options) {
  std::vector<SubmissionGrade> grades(entries.size());
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr failure;
  const auto work = [&] {
    for (std::size_t i; (i = next++) < entries.size();) {
      Graded graded = grade_one(grader, entries[i], options.cache);
      const std::lock_guard lock(mutex);
      if (failure) return;
      try {
        if (options.on_graded) {
          options.on_graded(graded.submission, graded.grade);
        }
      } catch (...) {
        failure = std::current_exception();
      }
      grades[i] = std::move(graded.grade);
    }
  };
  {
    std::vector<std::jthread> workers;
    const auto count =
        std::min<std::size_t>(std::max(1U, options.jobs), entries.size());
    for (std::size_t i = 0; i < count; ++i) workers.emplace_back(work);
  }
  if (failure) std::rethrow_exception(failure);
  return grades;
}

}  // namespace grader
