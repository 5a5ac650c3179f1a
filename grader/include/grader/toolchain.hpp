// What the build of the course tells about itself: compiler, flags, objects.
#pragma once

#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace grader {

/// The build directory is missing or incomplete. The message ends with the
/// command that mends it.
class ToolchainError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// It was made for another place: the course was copied or moved.
class MovedBuild : public ToolchainError {
 public:
  using ToolchainError::ToolchainError;
};

/// Written by CMake into <build>/toolchain.json.
struct Toolchain {
  std::filesystem::path course;  ///< root of the tree that was built
  std::filesystem::path build;   ///< its build directory
  std::filesystem::path compiler;
  std::filesystem::path ninja;
  std::filesystem::path cmake;
  std::vector<std::string> flags;       ///< for the student's files
  std::vector<std::string> link_flags;  ///< sanitizers, and the like
  /// For grading: no optimisation, no debug information.
  std::vector<std::string> grading_flags, grading_link_flags;
  /// A header that is precompiled for grading_flags; empty if there is none.
  std::filesystem::path prelude;
  std::filesystem::path jail;     ///< tito-jail, the first program in a sandbox
  std::filesystem::path support;  ///< libtinytorch_support.a
  std::filesystem::path test_main;     ///< object: Catch2 main and reporter
  std::filesystem::path test_support;  ///< library: matchers and the like
  /// By "public/01_tensor", "reference/01_tensor" and so on; test_objects() is
  /// the way to ask.
  std::map<std::string, std::vector<std::filesystem::path>> objects;

  std::filesystem::path include() const { return course / "framework/include"; }
  std::filesystem::path curriculum() const {
    return course / "modules/curriculum.json";
  }
  /// Object files of a module's tests, `kind` being "public" or "hidden", of a
  /// harness ("harness/public", "harness/hidden", "harness/probes"), or of its
  /// solution as the grader compiles it: "reference". Empty if the tree has
  /// none.
  std::vector<std::filesystem::path> test_objects(
      const std::string& kind, const std::string& module_folder) const;
  bool has_solutions() const;
  bool has_hidden_tests() const;

  /// @throws ToolchainError
  static Toolchain load(const std::filesystem::path& build);

  /// Brings test objects up to date: all of them, or those of one module
  /// (`module_folder`), by building CMake's target `course_tests` or
  /// `tests_<module_folder>`. Costs some milliseconds if nothing changed.
  /// @throws ToolchainError  with the compiler's message
  void build_tests(const std::string& module_folder = {}) const;

  /// Brings up to date what graders of these modules need, or of all: the jail,
  /// precompiled headers, harnesses and references.
  /// @throws ToolchainError
  void build_grading(const std::vector<std::string>& module_folders = {}) const;
  /// Of these only the jail.
  void build_jail() const;

  /// What the compiler calls itself, in one line.
  std::string compiler_version() const;
};

}  // namespace grader
