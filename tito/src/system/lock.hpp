// One tito at a time where two would get in each other's way.
#pragma once

#include <chrono>
#include <filesystem>

namespace tito {

/// Holds an exclusive lock on a file for as long as it lives. The lock goes
/// with the process, however it ends.
class FileLock {
 public:
  /// Waits until the lock is free.
  /// @throws EnvironmentError  after `patience`, naming the process that has
  /// it, or if the file cannot be opened
  explicit FileLock(
      const std::filesystem::path& file,
      std::chrono::milliseconds patience = std::chrono::seconds(10));
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int fd_ = -1;
};

}  // namespace tito
