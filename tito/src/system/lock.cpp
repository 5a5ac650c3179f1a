#include "system/lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>

#include "system/error.hpp"

namespace tito {
namespace {

constexpr auto kRetry = std::chrono::milliseconds(20);

/// The holder's process id as it wrote it; empty if it did not get that far.
std::string holder(int fd) {
  char text[32] = {};
  const ssize_t n = ::pread(fd, text, sizeof text - 1, 0);
  const long pid = n > 0 ? std::strtol(text, nullptr, 10) : 0;
  return pid > 0 ? std::to_string(pid) : "";
}

[[noreturn]] void give_up(int fd, const std::filesystem::path& file) {
  const std::string pid = holder(fd);
  ::close(fd);
  const std::string who =
      pid.empty() ? "another tito" : fmt::format("another tito (pid {})", pid);
  const std::string next =
      pid.empty() ? "Try again"
                  : fmt::format("Wait for it, or end it: kill {}", pid);
  throw EnvironmentError(fmt::format("{} is at work here and holds '{}'. {}",
                                     who, file.string(), next));
}

void write_holder(int fd) {
  const std::string pid = std::to_string(::getpid()) + '\n';
  // Only for the message above: a full disk must not stop the work.
  if (::ftruncate(fd, 0) != 0) return;
  [[maybe_unused]] const ssize_t n = ::pwrite(fd, pid.data(), pid.size(), 0);
}

}  // namespace

FileLock::FileLock(const std::filesystem::path& file,
                   std::chrono::milliseconds patience)
    : fd_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
  if (fd_ < 0) {
    throw EnvironmentError(
        fmt::format("cannot open '{}': {}. See what is wrong: tito doctor",
                    file.string(), std::strerror(errno)));
  }
  const auto end = std::chrono::steady_clock::now() + patience;
  while (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
    if (std::chrono::steady_clock::now() >= end) give_up(fd_, file);
    std::this_thread::sleep_for(kRetry);
  }
  write_holder(fd_);
}

FileLock::~FileLock() { ::close(fd_); }

}  // namespace tito
