// A place for files that nobody needs afterwards.
#pragma once

#include <filesystem>

namespace tito::dev {

/// A new directory below the system's temporary one, removed at the end.
class Scratch {
 public:
  /// @throws EnvironmentError  if it cannot be made
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace tito::dev
