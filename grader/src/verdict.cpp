#include "verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstring>

namespace grader {
namespace {

using Status = TestResult::Status;

constexpr int kMostWalls = 10;

std::string signal_text(int number) {
  switch (number) {
    case SIGSEGV:
      return "SIGSEGV: the program touched memory that is not its own (an "
             "index out of range, a dangling reference, endless recursion)";
    case SIGABRT:
      return "SIGABRT: the program aborted itself (a damaged heap, or an "
             "exception that nothing could catch)";
    case SIGFPE:
      return "SIGFPE: an integer was divided by zero";
    case SIGKILL:
      return "SIGKILL: the system killed the program (out of memory?)";
    default:
      break;
  }
  const char* name = sigabbrev_np(number);
  return fmt::format("SIG{}: {}", name != nullptr ? name : "?",
                     strsignal(number));
}

std::string time_text(const Limits& limits) {
  const double wall = static_cast<double>(limits.wall.count()) / 1000;
  if (limits.cpu.count() == 0) return fmt::format("{:.3g} s", wall);
  return fmt::format("{} s of CPU, or {:.3g} s in all", limits.cpu.count(),
                     wall);
}

}  // namespace

Verdict verdict_of(const ProcessResult& process, const Limits& limits) {
  using End = ProcessResult::End;
  switch (process.end) {
    case End::signalled:
      return {Status::crashed, signal_text(process.code)};
    // One text for both: on a busy machine either may come first, and reports
    // of the same work must be equal.
    case End::wall_limit:
    case End::cpu_limit:
      return {Status::timed_out, "ran out of time: " + time_text(limits)};
    case End::output_limit:
      return {Status::output_limit,
              fmt::format("printed more than {} bytes{}", limits.output_bytes,
                          limits.files == 0
                              ? ""
                              : fmt::format(", or kept more than {} files",
                                            limits.files))};
    case End::exited:
      return {Status::incomplete,
              fmt::format("the program ended with exit code {} before the "
                          "test did",
                          process.code)};
    case End::not_started:
      break;
  }
  return {Status::not_run, process.error};
}

std::optional<Verdict> verdict_without_run(
    const TestResult& test,
    std::initializer_list<const std::vector<TestResult>*> finished,
    const Limits& limits) {
  double seconds = 0;
  for (const auto* tests : finished) {
    for (const TestResult& other : *tests) {
      seconds += other.seconds;
      if (other.status != Status::timed_out || other.tasks != test.tasks) {
        continue;
      }
      return Verdict{Status::timed_out,
                     "not run: another test of this task did not end in time"};
    }
  }
  const auto most = kMostWalls * limits.wall;
  if (limits.wall.count() == 0 || std::chrono::duration<double>(seconds) < most)
    return {};
  return Verdict{
      Status::timed_out,
      fmt::format("not run: the module's tests have {} s together",
                  std::chrono::ceil<std::chrono::seconds>(most).count())};
}

}  // namespace grader
