// Running a test program and learning what happened to each test.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "grader/process.hpp"

namespace grader {

/// One assertion that did not hold, or one exception that got out.
struct Failure {
  std::string expression;  ///< as written: "y.shape() == Shape{2, 3}"
  std::string expanded;    ///< with values: "(3, 2) == (2, 3)"
  std::string message;     ///< INFO lines, or the exception's text
  std::string file;
  int line = 0;
};

struct TestResult {
  enum class Status {
    passed,
    failed,           ///< an assertion did not hold
    not_implemented,  ///< the stub was reached
    crashed,          ///< a signal; `detail` names it
    timed_out,        ///< wall clock or CPU
    output_limit,
    incomplete,  ///< the program ended before the test did: exit(0)
    not_run,
  };
  std::string name;
  std::vector<std::string> tasks;  ///< from the tags: "01.6"
  bool hidden = false;             ///< tagged [hidden]
  bool by_value = false;  ///< judged outside the process, by emitted values
  Status status = Status::not_run;
  std::vector<Failure> failures;
  std::string output;  ///< what the code under test printed, cut to 4 KiB
  std::string detail;
  double seconds = 0;
};

enum class Isolation {
  together,   ///< one process, restarted after a crash: fast, for the student
  each_alone  ///< one process per test: for grading
};

struct TestRunOptions {
  Isolation isolation = Isolation::together;
  Limits limits;  ///< per process if each_alone, otherwise `wall` is per test
  std::vector<std::string> tasks;  ///< only tests of these tasks; empty: all
  /// Of other programs. A task that lost its points to the clock there costs no
  /// more time here, and together they have ten times `limits.wall`.
  std::vector<TestResult> earlier;
  /// Once a test has not passed, start no other process for those that are
  /// left: they stay not_run.
  bool stop_at_first_failure = false;
  std::function<void(const TestResult&)> on_result;  ///< progress
  Launch run = grader::run;                          ///< or in a sandbox
};

/// Runs every test of a program built from tests/support/main.cpp. A test that
/// crashes or hangs is named and the others still run. A verdict counts only if
/// it carries the run's secret, so a process that leaves early, or that prints
/// a report of its own, has passed nothing.
///
/// `expected` lists the tests that exist, as list_tests() of a trusted build
/// found them; a test that the program does not mention is `incomplete`.
std::vector<TestResult> run_tests(const std::filesystem::path& executable,
                                  const std::vector<TestResult>& expected,
                                  const TestRunOptions& options);

/// Names and tags of the tests in a program, without running them, in the
/// order of their definition.
/// @throws std::runtime_error  if the program does not tell
std::vector<TestResult> list_tests(const std::filesystem::path& executable);

const char* to_string(TestResult::Status status);

}  // namespace grader
