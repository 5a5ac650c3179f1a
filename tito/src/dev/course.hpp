// The author's tree.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/curriculum.hpp"
#include "grader/toolchain.hpp"

namespace tito::dev {

struct Course {
  std::filesystem::path root;
  grader::Curriculum curriculum;

  std::filesystem::path solutions(const grader::Module& module) const {
    return root / "solutions" / module.folder();
  }
  std::filesystem::path room(const grader::Module& module) const {
    return root / "modules" / module.folder();
  }
  /// The path as a reader of messages wants it.
  std::string relative(const std::filesystem::path& path) const {
    return path.lexically_relative(root).string();
  }
};

/// The course that `directory` lies in: the nearest folder above that holds
/// modules/curriculum.json.
/// @throws UsageError  if there is none
/// @throws grader::CurriculumError
Course open_course(const std::filesystem::path& directory);

/// The module called `word`, or all modules if the word is empty.
/// @throws UsageError  if there is no such module
std::vector<const grader::Module*> select_modules(const Course& course,
                                                  const std::string& word);

/// The build that belongs to the course.
/// @throws UsageError  if `build` was made from another tree
/// @throws grader::ToolchainError
grader::Toolchain open_toolchain(const Course& course,
                                 const std::filesystem::path& build);

}  // namespace tito::dev
