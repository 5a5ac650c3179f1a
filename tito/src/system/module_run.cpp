#include "system/module_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <numeric>

#include "grader/score.hpp"
#include "system/error.hpp"
#include "system/files.hpp"
#include "system/lock.hpp"
#include "system/test_freshness.hpp"
#include "ui/activity.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

using State = TaskReport::State;
using Status = grader::TestResult::Status;

/// Generous for honest code; an endless loop or recursion must not freeze the
/// student's machine.
grader::Limits limits_for_student(const grader::Toolchain& toolchain) {
  grader::Limits limits;
  limits.wall = std::chrono::seconds(is_sanitized(toolchain) ? 20 : 5);
  limits.output_bytes = 16u << 20;
  // Sanitizers reserve terabytes of address space.
  if (!is_sanitized(toolchain)) limits.memory_bytes = std::uint64_t{4} << 30;
  return limits;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  const auto passed = std::chrono::steady_clock::now() - start;
  return std::chrono::duration<double>(passed).count();
}

bool contains(const std::vector<std::string>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

void require_sources(const Course& course, const grader::Module& module) {
  auto modules = course.curriculum.prerequisites(module);
  modules.push_back(&module);
  for (const grader::Module* needed : modules) {
    for (const fs::path& file : course.workspace.sources(*needed)) {
      if (fs::exists(file)) continue;
      throw NotYetError(
          fmt::format("'{}' is missing. Get its stub: tito module start {}",
                      short_path(file, course.workspace.root), needed->number));
    }
  }
}

/// A wrong result tells more than an unwritten stub further down.
int gravity(const grader::TestResult& result) {
  if (result.status == Status::passed) return 0;
  return result.status == Status::not_implemented ? 1 : 2;
}

void add_result(TaskReport& report, const grader::TestResult& result) {
  ++report.tests;
  if (result.status == Status::passed) ++report.passed;
  const int before = report.first_failure ? gravity(*report.first_failure) : 0;
  if (gravity(result) > before) report.first_failure = &result;
}

void conclude(TaskReport& report) {
  if (report.tests == 0) return;
  if (!report.first_failure) {
    report.state = State::passed;
    return;
  }
  report.state = State::failed;
  if (report.first_failure->status != Status::not_implemented) return;
  const std::string stub = reached_stub(*report.first_failure);
  report.state = stub.empty() || stub == report.task->id ? State::not_written
                                                         : State::waiting;
  if (report.state == State::waiting) report.waits_for = stub;
}

/// The tests that there are, from a program that holds nothing of the
/// student's: code that ends the process early cannot hide any.
std::vector<grader::TestResult> existing_tests(
    const Course& course, const grader::Module& module,
    const ModuleRunOptions& options) {
  const grader::Program program = grader::list_program(
      module, course.toolchain, options.kinds,
      course.workspace.build(module.folder()) /
          fmt::format("list-{}", fmt::join(options.kinds, "-")));
  const grader::BuildResult build =
      grader::build_incomplete(program, course.toolchain);
  require_working_build(build);
  if (!build.ok()) {
    throw EnvironmentError(
        fmt::format("the tests of module {} cannot be linked:\n{}\nBuild them "
                    "again: tito setup",
                    module.number, build.output));
  }
  std::vector<grader::TestResult> tests =
      grader::list_tests(program.executable());
  if (options.tasks.empty()) return tests;
  std::erase_if(tests, [&](const grader::TestResult& test) {
    return std::none_of(
        test.tasks.begin(), test.tasks.end(),
        [&](const auto& task) { return contains(options.tasks, task); });
  });
  return tests;
}

std::vector<grader::TestResult> run_program(
    const fs::path& executable, const std::vector<grader::TestResult>& expected,
    const ModuleRunOptions& options, const Course& course,
    const Terminal& terminal) {
  Activity activity(terminal, "Testing");
  activity.set_total(static_cast<int>(expected.size()));
  grader::TestRunOptions run;
  run.limits = limits_for_student(course.toolchain);
  run.tasks = options.tasks;
  run.on_result = [&](const grader::TestResult&) { activity.advance(); };
  return grader::run_tests(executable, expected, run);
}

grader::Program program_of(const Course& course, const grader::Module& module,
                           const std::vector<std::string>& kinds) {
  grader::Program program = grader::test_program(
      course.curriculum, module, course.toolchain, course.workspace.modules(),
      kinds, course.workspace.build(module.folder()));
  // So that `test` after `complete` has nothing to link.
  program.name += fmt::format("-{}", fmt::join(kinds, "-"));
  return program;
}

/// Whoever builds or tests the module is busy for as long as that takes.
FileLock lock_module(const fs::path& directory, const Terminal& terminal) {
  const Activity activity(terminal, "Waiting for another tito");
  return FileLock(directory / "lock", std::chrono::seconds(60));
}

}  // namespace

const char* to_string(State state) {
  switch (state) {
    case State::passed:
      return "passed";
    case State::failed:
      return "failed";
    case State::not_written:
      return "not_written";
    case State::waiting:
      return "waiting";
    case State::not_run:
      break;
  }
  return "not_run";
}

double ModuleReport::points() const {
  return std::accumulate(
      tasks.begin(), tasks.end(), 0.0,
      [](double sum, const TaskReport& task) { return sum + task.points; });
}

bool ModuleReport::passed() const {
  return build.ok() && !tasks.empty() && first_unpassed() == nullptr;
}

const TaskReport* ModuleReport::first_unpassed() const {
  for (const TaskReport& task : tasks) {
    if (task.state != State::passed) return &task;
  }
  return nullptr;
}

std::string reached_stub(const grader::TestResult& result) {
  static const std::string marker = "NotImplemented: ";
  std::vector<std::string> texts = {result.detail};
  for (const auto& failure : result.failures) texts.push_back(failure.message);
  for (const std::string& text : texts) {
    const std::size_t at = text.find(marker);
    if (at == std::string::npos) continue;
    const std::size_t start = at + marker.size();
    return text.substr(start, text.find_first_of(" \n", start) - start);
  }
  return "";
}

std::vector<TaskReport> describe_tasks(
    const grader::Module& module,
    const std::vector<grader::TestResult>& results,
    const std::vector<std::string>& only) {
  const auto scores = grader::score(module, results);
  std::vector<TaskReport> reports;
  for (const grader::Task& task : module.tasks) {
    if (!only.empty() && !contains(only, task.id)) continue;
    TaskReport report;
    report.task = &task;
    for (const grader::TestResult& result : results) {
      if (contains(result.tasks, task.id)) add_result(report, result);
    }
    conclude(report);
    for (const auto& score : scores) {
      if (score.task == task.id) report.points = score.points;
    }
    reports.push_back(std::move(report));
  }
  return reports;
}

bool is_sanitized(const grader::Toolchain& toolchain) {
  return std::any_of(
      toolchain.flags.begin(), toolchain.flags.end(),
      [](const std::string& flag) { return flag.starts_with("-fsanitize"); });
}

void require_compiler(const grader::Toolchain& toolchain) {
  if (fs::exists(toolchain.compiler)) return;
  throw EnvironmentError(
      fmt::format("the compiler '{}' is not there. Install it: sudo apt-get "
                  "install g++, then: tito setup",
                  toolchain.compiler.string()));
}

void require_working_build(const grader::BuildResult& build) {
  for (const char* reason : {"No space left on device", "Read-only file system",
                             "Permission denied", "Disk quota exceeded"}) {
    if (build.ok() || build.output.find(reason) == std::string::npos) continue;
    throw EnvironmentError(
        fmt::format("the system stopped the build: {}. See what is wrong: tito "
                    "doctor",
                    reason));
  }
  // An error of the code has a place in a file; this one has none.
  const bool compiler_is_broken =
      build.end == grader::BuildResult::End::compile_error &&
      build.errors.empty();
  if (compiler_is_broken || build.end == grader::BuildResult::End::broken) {
    throw EnvironmentError(
        fmt::format("the build does not work on this machine:\n{}\nSee what is "
                    "wrong: tito doctor",
                    build.output));
  }
}

void refresh_tests(Course& course, const grader::Module& module,
                   const Terminal& terminal) {
  const fs::path stamp =
      course.workspace.build(module.folder()) / "tests.stamp";
  if (tests_are_fresh(course.toolchain, module, stamp)) return;
  const auto moment = fs::file_time_type::clock::now();
  {
    const Activity activity(
        terminal,
        fmt::format("Building the tests of module {}", module.number));
    course.toolchain.build_tests(module.folder());
  }
  course.toolchain = grader::Toolchain::load(course.toolchain.build);
  mark_tests_fresh(course.toolchain, stamp, moment);
}

ModuleReport run_module(Course& course, const grader::Module& module,
                        const ModuleRunOptions& options,
                        const Terminal& terminal) {
  require_compiler(course.toolchain);
  course.workspace.prepare();
  require_sources(course, module);
  const fs::path directory = course.workspace.build(module.folder());
  make_directories(directory);
  const FileLock lock = lock_module(directory, terminal);
  refresh_tests(course, module, terminal);

  ModuleReport report;
  report.module = &module;
  const grader::Program program = program_of(course, module, options.kinds);
  auto start = std::chrono::steady_clock::now();
  {
    const Activity activity(terminal, "Compiling module " + module.number);
    report.build = grader::build(program, course.toolchain);
  }
  report.build_seconds = seconds_since(start);
  require_working_build(report.build);
  if (!report.build.ok()) return report;

  const auto expected = existing_tests(course, module, options);
  start = std::chrono::steady_clock::now();
  report.results =
      run_program(program.executable(), expected, options, course, terminal);
  report.test_seconds = seconds_since(start);
  report.tasks = describe_tasks(module, report.results, options.tasks);
  return report;
}

void warm_up(Course& course, const grader::Module& module,
             const Terminal& terminal) {
  require_compiler(course.toolchain);
  const fs::path directory = course.workspace.build(module.folder());
  make_directories(directory);
  const FileLock lock = lock_module(directory, terminal);
  refresh_tests(course, module, terminal);
  const Activity activity(terminal, "Compiling module " + module.number);
  // Whatever is wrong with the sources, `module test` will say it.
  const grader::BuildResult build =
      grader::build(program_of(course, module, {"public"}), course.toolchain);
  require_working_build(build);
}

}  // namespace tito
