// The wrong versions that people wrote down: tests/mutants/<folder>.json.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "dev/course.hpp"
#include "dev/text.hpp"
#include "grader/test_run.hpp"
#include "ui/terminal.hpp"

namespace tito::dev {

/// A mistake that a student would make.
struct WrongVersion {
  std::string task;  ///< "01.6"
  std::string name;  ///< "the size is not checked"
  std::string file;  ///< "views.cpp"
  std::string find;  ///< occurs exactly once in the solution
  std::string replace;
  std::string why;
};

/// Reads a list of wrong versions. Problems: malformed entries, and tasks that
/// `module` does not have.
std::vector<WrongVersion> load_wrong_versions(const std::filesystem::path& file,
                                              const std::string& name,
                                              const grader::Module& module,
                                              std::vector<Problem>& problems);

/// A problem for each task with fewer wrong versions than it needs.
std::vector<Problem> too_few(const std::vector<WrongVersion>& versions,
                             const grader::Module& module,
                             const std::string& name);

/// The solution with the replacement made.
/// @throws NotYetError  unless `find` occurs exactly once
std::string make_wrong(const std::string& solution,
                       const WrongVersion& version);

/// `task` and every task that builds on it, directly or not.
std::set<std::string> affected_tasks(const grader::Curriculum& curriculum,
                                     const std::string& task);

/// What speaks against a wrong version, given what the tests of each module
/// said about it: its task kept its points, or a task that it cannot affect
/// lost some.
std::vector<std::string> judge(
    const grader::Curriculum& curriculum, const std::string& task,
    const std::map<const grader::Module*, std::vector<grader::TestResult>>&
        results);

struct MutantsOptions {
  std::string module;  ///< empty: all
  int jobs = 0;        ///< 0: one per processor
  /// Only the module's own tests, not those of the modules on top of it.
  bool own = false;
  /// Only the first of every so many wrong versions.
  int every = 1;
};

/// `tito dev mutants`. Returns the exit code.
int run_mutants(const Course& course, const grader::Toolchain& toolchain,
                MutantsOptions options, Terminal& terminal);

}  // namespace tito::dev
