// The system calls that unread code may not make.
#pragma once

#include <linux/filter.h>
#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace grader {

/// A seccomp filter that refuses (EPERM) new processes, sockets, signals to
/// others and, unless it `writes`, every change to the file system; system
/// calls newer than itself do not exist (ENOSYS). It allows execve only with
/// the number `pass` in a fourth argument, which the kernel does not look at:
/// drawn at random, and too long to be searched for. The program that is
/// started so does not know it: its registers begin as zeros, and nothing is
/// left in it of its parent's memory.
///
/// @throws std::runtime_error  if libseccomp cannot build it
std::vector<sock_filter> confinement(std::uint64_t pass, bool writes);

/// Allows the process `self` to signal its own threads, as abort() does. Safe
/// between fork and exec.
void allow_signals_to(std::vector<sock_filter>& filter, pid_t self);

/// All that unread code finds in its environment. Freed memory would hold a
/// random number that glibc's cache of small blocks writes there, and code that
/// reads what it must not would differ from run to run: it does without.
/// Threads share one arena, or a few would take all the address space. The leak
/// check of a sanitizer needs a process of its own.
inline const std::vector<std::string> kConfinedEnvironment = {
    "PATH=/usr/bin:/bin", "LC_ALL=C", "ASAN_OPTIONS=detect_leaks=0",
    "GLIBC_TUNABLES=glibc.malloc.tcache_count=0:glibc.malloc.arena_max=1"};

}  // namespace grader
