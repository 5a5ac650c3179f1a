// Where a grading keeps its temporary files.
#pragma once

#include <filesystem>

namespace grader {

/// A directory for temporary files that removes itself, and those of gradings
/// that were killed.
class Scratch {
 public:
  /// @throws std::runtime_error
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const std::filesystem::path& path() const { return path_; }
  /// Removes it now, even while other threads still write to it.
  void remove() const;

 private:
  std::filesystem::path path_;
  int lock_ = -1;  ///< held while the directory is in use
};

}  // namespace grader
