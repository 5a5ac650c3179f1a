#include "system/watcher.hpp"

namespace fs = std::filesystem;

namespace tito {

FileWatcher::FileWatcher(std::vector<fs::path> files)
    : files_(std::move(files)), seen_(look()) {}

std::map<fs::path, FileWatcher::Mark> FileWatcher::look() const {
  std::map<fs::path, Mark> marks;
  for (const fs::path& file : files_) {
    std::error_code time_error, size_error;
    const auto time = fs::last_write_time(file, time_error);
    const auto size = fs::file_size(file, size_error);
    // Editors that save by renaming leave a moment without the file.
    if (!time_error && !size_error) marks[file] = {time, size};
  }
  return marks;
}

bool FileWatcher::changed() {
  auto now = look();
  const bool different = now != seen_;
  seen_ = std::move(now);
  return different;
}

}  // namespace tito
