// What grading needs that no submission changes: headers, tests, probes and
// reference solutions, copied to where a sandbox can see them.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "grader/curriculum.hpp"
#include "grader/test_run.hpp"
#include "grader/toolchain.hpp"

namespace grader {

class Release {
 public:
  /// `directory` is empty, and every user can enter it. With `references`, the
  /// reference solutions of what the modules require are there too.
  /// @throws ToolchainError  if the course itself does not build
  Release(const Curriculum& curriculum, const Toolchain& toolchain,
          const std::vector<const Module*>& modules, bool references,
          std::filesystem::path directory);

  /// Takes tests and references out of the sight of other users. Sandboxes
  /// that belong to them can then link nothing.
  void close_to_others() const;

  const std::filesystem::path& directory() const { return directory_; }
  /// The course's toolchain with the paths of the copies.
  const Toolchain& toolchain() const { return toolchain_; }
  /// Tests of a module, none of them run.
  const std::vector<TestResult>& tests(const Module& module) const;
  const std::vector<TestResult>& probes(const Module& module) const;
  /// Objects of a module's reference solution.
  const std::vector<std::filesystem::path>& reference(
      const Module& module) const;
  /// What the reference emits for each probe, by the probe's name.
  /// @throws ToolchainError  if it does not run through
  std::map<std::string, std::string> expected(
      const Module& module,
      const std::map<std::string, std::string>& seeds) const;
  /// Equal if everything that can change a module's grade is equal.
  const std::string& digest(const Module& module) const {
    return digests_.at(module.number);
  }
  /// Of all modules together.
  std::string digest() const;

 private:
  void copy_course(const Toolchain& original,
                   const std::vector<const Module*>& modules);
  void list(const Module& module, const Toolchain& original);
  void copy_references(const Toolchain& original,
                       const std::vector<const Module*>& needed);
  std::string common_digest() const;
  std::string digest(const Curriculum& curriculum, const Module& module) const;

  std::filesystem::path directory_;
  Toolchain toolchain_;
  std::map<std::string, std::vector<TestResult>> tests_, probes_;  // by number
  std::map<std::string, std::vector<std::filesystem::path>> references_;
  std::string common_;
  std::map<std::string, std::string> digests_;  // by number
};

}  // namespace grader
