// Watches one running child: collects what it writes, enforces the limits that
// the kernel does not, and cleans up behind it.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>

#include "descriptor.hpp"
#include "grader/process.hpp"

namespace grader {

/// The wall clock stands still while a process is ready to run but others have
/// the processor, until it is this many times late.
constexpr int kMostTimesLate = 4;

class Supervisor {
 public:
  using Clock = std::chrono::steady_clock;

  /// `started` is a time before the child was forked, since the kernel counts
  /// from there how long it waits for a processor. `report` may be empty.
  /// `command` must outlive the supervisor.
  Supervisor(pid_t child, Clock::time_point started, const Command& command,
             const Limits& limits, Descriptor output, Descriptor report);
  Supervisor(const Supervisor&) = delete;

  /// Kills the child if a callback has thrown.
  ~Supervisor();

  /// Returns when the child is gone. Call once.
  ProcessResult wait();

 private:
  void watch();
  int poll_timeout() const;
  bool past_deadline() const;
  void forgive(Clock::duration time);
  void forgive_waiting();
  void forgive_stop(Clock::time_point wake);
  bool too_many_files() const;
  bool child_ended() const;
  bool read_output();
  bool read_report();
  void stop(ProcessResult::End why);
  void kill_all() const;
  void reap();
  void drain();

  pid_t child_;
  const Command& command_;
  Limits limits_;
  Descriptor output_, report_, exit_;
  Clock::time_point started_, clock_;
  Clock::duration waited_{0}, forgiven_{0};
  std::optional<ProcessResult::End> stopped_;
  bool reaped_ = false;
  ProcessResult result_;
};

}  // namespace grader
