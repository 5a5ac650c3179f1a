// Noticing that a file was saved, on any file system.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <utility>
#include <vector>

namespace tito {

/// Compares times and sizes: slower than inotify, but it works on network
/// mounts and under WSL, where inotify is silent.
class FileWatcher {
 public:
  explicit FileWatcher(std::vector<std::filesystem::path> files);
  /// True if a file changed, appeared or vanished since the last call.
  bool changed();

 private:
  using Mark = std::pair<std::filesystem::file_time_type, std::uintmax_t>;
  std::map<std::filesystem::path, Mark> look() const;

  std::vector<std::filesystem::path> files_;
  std::map<std::filesystem::path, Mark> seen_;
};

}  // namespace tito
