// What the end of a process says about the test that ran in it.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "grader/process.hpp"
#include "grader/test_run.hpp"

namespace grader {

struct Verdict {
  TestResult::Status status;
  std::string detail;
};

/// For a test whose process ended without a report.
Verdict verdict_of(const ProcessResult& process, const Limits& limits);

/// A task that lost its points to the clock need not cost more time, and all
/// tests of a module together have ten times the wall clock of one: the verdict
/// on a test that is not run for one of these reasons.
std::optional<Verdict> verdict_without_run(
    const TestResult& test,
    std::initializer_list<const std::vector<TestResult>*> finished,
    const Limits& limits);

}  // namespace grader
