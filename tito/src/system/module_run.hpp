// Building and testing one module of the student's.
#pragma once

#include <string>
#include <vector>

#include "grader/build.hpp"
#include "grader/test_run.hpp"
#include "system/course.hpp"
#include "ui/terminal.hpp"

namespace tito {

/// What is known about one task after its tests ran.
struct TaskReport {
  enum class State {
    passed,
    failed,       ///< wrong, crashed, timed out, ended early
    not_written,  ///< the task's own stub was reached
    waiting,      ///< another task's stub was reached: `waits_for`
    not_run,      ///< no test ran
  };
  const grader::Task* task = nullptr;
  State state = State::not_run;
  int tests = 0, passed = 0;
  double points = 0;
  std::string waits_for;
  /// The first test that shows why; nullptr if all passed or none ran.
  const grader::TestResult* first_failure = nullptr;
};

const char* to_string(TaskReport::State state);

struct ModuleReport {
  const grader::Module* module = nullptr;
  grader::BuildResult build;
  double build_seconds = 0, test_seconds = 0;
  std::vector<grader::TestResult> results;
  std::vector<TaskReport> tasks;  ///< only those that were asked for

  ModuleReport() = default;
  ModuleReport(const ModuleReport&) = delete;  // tasks point into results
  ModuleReport& operator=(const ModuleReport&) = delete;
  ModuleReport(ModuleReport&&) = default;
  ModuleReport& operator=(ModuleReport&&) = default;

  double points() const;
  bool passed() const;
  const TaskReport* first_unpassed() const;
};

struct ModuleRunOptions {
  std::vector<std::string> kinds = {"public"};
  std::vector<std::string> tasks;  ///< only these; empty: all
};

/// Builds a module's tests with the student's sources and runs them. While it
/// does, no other tito works on the same module.
/// @throws CommandError  if it is the environment that does not work
ModuleReport run_module(Course& course, const grader::Module& module,
                        const ModuleRunOptions& options,
                        const Terminal& terminal);

/// Builds the test objects of a module if a test or a header is newer.
void refresh_tests(Course& course, const grader::Module& module,
                   const Terminal& terminal);

/// Compiles and links a module's public test program without running it.
void warm_up(Course& course, const grader::Module& module,
             const Terminal& terminal);

/// The tasks' states from the results of their tests.
std::vector<TaskReport> describe_tasks(
    const grader::Module& module,
    const std::vector<grader::TestResult>& results,
    const std::vector<std::string>& only);

/// The stub that a test reached: "01.6" from "NotImplemented: 01.6 Reshape".
std::string reached_stub(const grader::TestResult& result);

/// The student's code is compiled with a sanitizer.
bool is_sanitized(const grader::Toolchain& toolchain);

/// @throws EnvironmentError  if the compiler is gone
void require_compiler(const grader::Toolchain& toolchain);

/// @throws EnvironmentError  if the machine, not the code, stopped a build
void require_working_build(const grader::BuildResult& build);

}  // namespace tito
