// The course and the workspace that a command works on.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/curriculum.hpp"
#include "grader/toolchain.hpp"
#include "system/progress.hpp"
#include "system/workspace.hpp"

namespace tito {

struct Course {
  grader::Toolchain toolchain;
  grader::Curriculum curriculum;
  Workspace workspace;

  /// "README.md" or "hints.md" of a module: the workspace's if it has one,
  /// otherwise the course's.
  std::filesystem::path document(const grader::Module& module,
                                 const std::string& name) const;
};

/// The course that was built there, and the workspace around `directory`.
/// @throws CommandError, grader::ToolchainError, grader::CurriculumError
Course open_course(const std::filesystem::path& build_directory,
                   const std::filesystem::path& directory);

/// The module that a word names.
/// @throws UsageError  with the nearest name
const grader::Module& find_module(const Course& course,
                                  const std::string& word);
const grader::Milestone& find_milestone(const Course& course,
                                        const std::string& word);

/// The module that a word names; for an empty word the current module.
const grader::Module& module_or_current(const Course& course,
                                        const Progress& progress,
                                        const std::string& word);

/// The module that was started last and is not complete; otherwise the first
/// that may be started; nullptr if all are complete.
const grader::Module* current_module(const grader::Curriculum& curriculum,
                                     const Progress& progress);

/// Of these modules (by number) those that are not complete.
std::vector<const grader::Module*> incomplete(
    const grader::Curriculum& curriculum,
    const std::vector<std::string>& numbers, const Progress& progress);

/// What `module` needs and the student has not completed.
std::vector<const grader::Module*> missing_prerequisites(
    const grader::Curriculum& curriculum, const grader::Module& module,
    const Progress& progress);

/// @throws NotYetError  if a prerequisite is not complete
void require_prerequisites(const grader::Curriculum& curriculum,
                           const grader::Module& module,
                           const Progress& progress);

/// "01 Tensor"
std::string label(const grader::Module& module);

/// Modules and milestone parts that this module's completion opens.
struct Unlocked {
  std::vector<const grader::Module*> modules;
  struct Part {
    const grader::Milestone* milestone;
    std::size_t part;
  };
  std::vector<Part> parts;
};
Unlocked unlocked_by(const grader::Curriculum& curriculum,
                     const grader::Module& module, const Progress& before);

}  // namespace tito
