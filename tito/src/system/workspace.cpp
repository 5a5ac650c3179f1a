#include "system/workspace.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>

#include "system/error.hpp"
#include "system/files.hpp"

namespace fs = std::filesystem;

namespace tito {

std::vector<fs::path> Workspace::sources(const grader::Module& module) const {
  std::vector<fs::path> files;
  for (const std::string& name : module.sources) {
    files.push_back(modules() / module.folder() / "src" / name);
  }
  return files;
}

std::vector<fs::path> Workspace::other_files(
    const grader::Module& module) const {
  static const std::set<std::string> kinds = {".h",   ".hh", ".hpp", ".hxx",
                                              ".cpp", ".cc", ".cxx", ".inc",
                                              ".inl", ".ipp"};
  const fs::path folder = modules() / module.folder() / "src";
  const auto own = sources(module);
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const bool is_own =
        std::find(own.begin(), own.end(), entry.path()) != own.end();
    if (is_own || !kinds.contains(entry.path().extension().string())) continue;
    files.push_back(entry.path().lexically_relative(root));
  }
  std::sort(files.begin(), files.end());
  return files;
}

void Workspace::prepare() const {
  make_directories(state());
  const fs::path ignore = state() / ".gitignore";
  if (!fs::exists(ignore)) write_atomically(ignore, "*\n", Durability::fast);
  if (::access(state().c_str(), W_OK) != 0) {
    throw EnvironmentError(fmt::format("'{}' cannot be written: {}. {}",
                                       state().string(), std::strerror(errno),
                                       way_to_own(root)));
  }
}

Workspace find_workspace(const fs::path& directory) {
  std::error_code error;
  const fs::path start = fs::weakly_canonical(directory, error);
  if (error || !fs::is_directory(start)) {
    throw UsageError(fmt::format(
        "there is no directory '{}'. Give the course's directory: tito -C DIR "
        "...",
        directory.string()));
  }
  for (fs::path here = start;; here = here.parent_path()) {
    if (fs::exists(here / "modules" / "curriculum.json", error)) return {here};
    if (here == here.parent_path()) break;
  }
  throw UsageError(fmt::format(
      "'{}' is not inside a course: no modules/curriculum.json here or above. "
      "Go to the course's directory, or name it: tito -C DIR ...",
      start.string()));
}

}  // namespace tito
