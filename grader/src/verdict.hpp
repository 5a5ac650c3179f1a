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

}  // namespace grader
