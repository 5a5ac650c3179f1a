#include "grader/second_try.hpp"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <iterator>
#include <memory>

#include "diagnostics.hpp"

namespace grader {
namespace {

constexpr int kMostTries = 5;

/// By these the kernel, a cluster or a machine that shuts down ends a process.
constexpr int kSignalsOfOthers[] = {SIGKILL, SIGTERM, SIGHUP, SIGINT};

bool tells(const ProcessResult& process, const char* words) {
  return process.output.find(words) != std::string::npos;
}

/// The process itself, or the compiler or linker that it started.
bool was_killed(const ProcessResult& process) {
  if (process.end == ProcessResult::End::signalled) {
    return std::count(std::begin(kSignalsOfOthers), std::end(kSignalsOfOthers),
                      process.code) > 0;
  }
  return process.end == ProcessResult::End::exited && process.code != 0 &&
         tells_of_kill(process.output);
}

/// Its own files, or those of others, which may be gone by now.
bool found_no_space(const ProcessResult& process) {
  return !process.ok() && tells(process, "No space left on device");
}

}  // namespace

Launch with_second_try(Launch run) {
  const auto left = std::make_shared<std::atomic<int>>(kMostTries);
  return [run = std::move(run), left](const Command& command,
                                      const Limits& limits) {
    Command silent = command;
    silent.on_output = nullptr;
    silent.on_report = nullptr;
    ProcessResult result = run(silent, limits);
    if ((was_killed(result) || found_no_space(result)) && (*left)-- > 0) {
      result = run(silent, limits);
    }
    if (command.on_output) command.on_output(result.output);
    if (command.on_report) command.on_report(result.report);
    return result;
  };
}

}  // namespace grader
