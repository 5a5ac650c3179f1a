// The system calls that unread code may not make.
#pragma once

#include <linux/filter.h>
#include <sys/types.h>

#include <vector>

namespace grader {

/// A seccomp filter that refuses (EPERM) new processes, sockets, signals to
/// others and every change to the file system, and allows exactly one execve:
/// the one whose path is the pointer `program`, which means nothing in the new
/// program's address space.
///
/// @throws std::runtime_error  if libseccomp cannot build it
std::vector<sock_filter> confinement(const char* program);

/// Allows the process `self` to signal its own threads, as abort() does. Safe
/// between fork and exec.
void allow_signals_to(std::vector<sock_filter>& filter, pid_t self);

}  // namespace grader
