// Child processes under limits.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace grader {

/// What a child may use. 0 means no limit.
struct Limits {
  /// Without the time, up to three times as much, in which the process could
  /// have run and the machine ran others.
  std::chrono::milliseconds wall{0};
  std::chrono::seconds cpu{0};
  std::uint64_t memory_bytes = 0;  ///< address space
  std::uint64_t output_bytes = 0;  ///< standard output and error together
  std::uint64_t file_bytes = 0;    ///< largest file that it may write
  unsigned processes = 0;          ///< and threads of its user, in a sandbox
  /// Refuse new processes, sockets and writing to the file system (seccomp):
  /// for code that nobody has read. Threads stay allowed.
  bool confined = false;
  /// A confined program may write files after all, and keep so many in /tmp: in
  /// a sandbox, which goes with them. 0: none.
  std::uint64_t files = 0;
};

struct Command {
  std::vector<std::string> argv;
  std::filesystem::path directory;  ///< empty: the caller's
  /// The whole environment of the child as NAME=value, if not inherited.
  std::vector<std::string> environment;
  bool inherit_environment = true;
  std::string input;  ///< standard input
  /// Reads what the child writes to descriptor 3, a pipe of its own that the
  /// child's ordinary output cannot disturb.
  bool report_pipe = false;
  /// Sees each piece of output as it arrives (progress displays).
  std::function<void(const std::string&)> on_output;
  /// Sees each piece of the report as it arrives, after the output that was
  /// written before it; returning true starts the wall clock anew.
  std::function<bool(const std::string&)> on_report;
};

struct ProcessResult {
  enum class End {
    exited,
    signalled,
    wall_limit,
    cpu_limit,
    output_limit,
    not_started,  ///< `error` says why
  };
  End end = End::not_started;
  int code = 0;        ///< exit code, or the signal's number
  std::string output;  ///< standard output and error, in order of arrival
  std::string report;  ///< what came through descriptor 3
  std::string error;
  /// On the wall clock, without what it waited for a processor or was stopped.
  double seconds = 0;
  std::int64_t peak_kib = 0;  ///< largest resident set

  bool ok() const { return end == End::exited && code == 0; }
};

/// Runs a command and waits for it. The child starts in a process group of its
/// own, with all other descriptors closed; whatever of the group is left when
/// it ends or exceeds a limit is killed.
ProcessResult run(const Command& command, const Limits& limits = {});

/// How to run a command: run(), or the same in a sandbox.
using Launch = std::function<ProcessResult(const Command&, const Limits&)>;

/// The absolute path of a program on PATH; empty if there is none.
std::filesystem::path find_program(const std::string& name);

}  // namespace grader
