// The student's directory: their modules, and what tito keeps in .tito.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/curriculum.hpp"

namespace tito {

struct Workspace {
  std::filesystem::path root;

  std::filesystem::path modules() const { return root / "modules"; }
  std::filesystem::path state() const { return root / ".tito"; }
  std::filesystem::path progress() const { return state() / "progress.json"; }
  std::filesystem::path session() const { return state() / "session.json"; }
  std::filesystem::path lock() const { return state() / "lock"; }
  std::filesystem::path build(const std::string& name) const {
    return state() / "build" / name;
  }
  std::filesystem::path library() const {
    return state() / "lib" / "libtinytorch.a";
  }
  std::filesystem::path stubs(const grader::Module& module) const {
    return state() / "stubs" / module.folder();
  }
  std::filesystem::path backups() const { return state() / "backups"; }
  std::filesystem::path pictures() const { return state() / "pictures"; }

  std::vector<std::filesystem::path> sources(
      const grader::Module& module) const;
  /// C++ files beside them, relative to the root: they compile here, and nobody
  /// hands them in.
  std::vector<std::filesystem::path> other_files(
      const grader::Module& module) const;

  /// Makes .tito, which version control ignores.
  /// @throws EnvironmentError  if the workspace cannot be written
  void prepare() const;
};

/// The nearest of `directory` and its parents that holds
/// modules/curriculum.json.
/// @throws UsageError
Workspace find_workspace(const std::filesystem::path& directory);

}  // namespace tito
