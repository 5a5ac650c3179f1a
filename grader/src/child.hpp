// What happens in the child between fork and exec.
#pragma once

#include <linux/filter.h>
#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "grader/process.hpp"

namespace grader {

/// Everything the child needs, prepared before the fork: another thread may
/// hold any lock at that moment, so the child must not allocate.
struct ChildPlan {
  std::string program;
  std::string directory;                 ///< empty: stay
  std::vector<char*> argv, environment;  ///< end with nullptr
  /// Descriptors, all above 9. `report` may be -1.
  int input = -1, output = -1, report = -1, error = -1;
  Limits limits;
  std::vector<sock_filter> filter;  ///< empty: not confined
  std::uint64_t pass = 0;           ///< what the filter lets execve through by
  pid_t parent = 0;
  unsigned user = 0;  ///< numeric user and group to become; 0: stay
};

/// Strings as a ChildPlan takes them, which must outlive the result.
std::vector<char*> pointers(const std::vector<std::string>& strings);

/// Turns the forked child into the program. If that fails, writes errno to
/// `plan.error` and exits.
[[noreturn]] void become_program(ChildPlan& plan);

/// run() as another user and group, by number, if this process is root.
/// 0: as this one.
ProcessResult run_as(unsigned user, const Command& command,
                     const Limits& limits);

}  // namespace grader
