#include "dev/tree.hpp"

#include <algorithm>

namespace tito::dev {

namespace fs = std::filesystem;

namespace {

/// A build directory is told by what CMake leaves in it, whatever its name.
bool is_not_ours(const fs::path& directory) {
  const std::string name = directory.filename().string();
  return name == ".git" || name == ".tito" || name == "__pycache__" ||
         name == "build" || fs::exists(directory / "CMakeCache.txt");
}

bool ends_in(const std::string& name, const std::vector<std::string>& endings) {
  return endings.empty() ||
         std::any_of(endings.begin(), endings.end(), [&](const auto& ending) {
           return name.ends_with(ending);
         });
}

}  // namespace

std::vector<fs::path> files_below(const fs::path& folder,
                                  const std::vector<std::string>& endings) {
  std::vector<fs::path> files;
  if (!fs::is_directory(folder)) return files;
  for (fs::recursive_directory_iterator at(folder), end; at != end; ++at) {
    if (at->is_directory() && is_not_ours(at->path())) {
      at.disable_recursion_pending();
    } else if (at->is_regular_file() &&
               ends_in(at->path().filename().string(), endings)) {
      files.push_back(at->path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> folders_in(const fs::path& folder) {
  std::vector<std::string> names;
  if (!fs::is_directory(folder)) return names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace tito::dev
