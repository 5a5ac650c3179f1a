#include "grader/batch.hpp"

#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace grader {
namespace {

namespace fs = std::filesystem;

SubmissionGrade grade_one(const Grader& grader, const Curriculum& curriculum,
                          const Entry& entry) {
  try {
    return grader.grade(read_submission(entry, curriculum));
  } catch (const std::exception& error) {
    return grader.not_graded(entry.id, Outcome::infrastructure_error,
                             error.what());
  }
}

}  // namespace

Scratch::Scratch() {
  std::string pattern = fs::temp_directory_path() / "tito-grade-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) {
    throw std::runtime_error(
        fmt::format("cannot make a directory for temporary files ({}): {}. "
                    "Set TMPDIR to a directory with space",
                    pattern, std::strerror(errno)));
  }
  path_ = pattern;
}

Scratch::~Scratch() { remove(); }

void Scratch::remove() const {
  constexpr int kAttempts = 5;
  std::error_code error;
  for (int i = 0; i < kAttempts && fs::exists(path_, error); ++i) {
    fs::remove_all(path_, error);
  }
}

std::vector<SubmissionGrade> grade_all(const Grader& grader,
                                       const Curriculum& curriculum,
                                       const std::vector<Entry>& entries,
                                       const BatchOptions& options) {
  std::vector<SubmissionGrade> grades(entries.size());
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::size_t done = 0;
  const auto work = [&] {
    for (std::size_t i; (i = next++) < entries.size();) {
      grades[i] = grade_one(grader, curriculum, entries[i]);
      const std::lock_guard lock(mutex);
      ++done;
      if (options.on_progress) {
        options.on_progress(done, entries.size(), entries[i].id);
      }
    }
  };
  std::vector<std::jthread> workers;
  const auto count =
      std::min<std::size_t>(std::max(1U, options.jobs), entries.size());
  for (std::size_t i = 0; i < count; ++i) workers.emplace_back(work);
  for (std::jthread& worker : workers) worker.join();
  return grades;
}

}  // namespace grader
