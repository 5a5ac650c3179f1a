// What the end of a process says about the test that ran in it.
#pragma once

#include <string>

#include "grader/process.hpp"
#include "grader/test_run.hpp"

namespace grader {

struct Verdict {
  TestResult::Status status;
  std::string detail;
};

/// For a test whose process ended without a report.
Verdict verdict_of(const ProcessResult& process, const Limits& limits);

/// A task that lost its points to the clock need not cost more time: whether
/// one of `finished` did so for all tasks of this test.
bool is_lost(const TestResult& test, const std::vector<TestResult>& finished);

/// The verdict on a lost test.
Verdict lost_verdict();

}  // namespace grader
