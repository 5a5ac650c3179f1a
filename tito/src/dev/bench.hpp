// Where changed solutions are built and tried, away from the tree.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "dev/course.hpp"
#include "grader/scratch.hpp"
#include "grader/test_run.hpp"

namespace tito::dev {

/// One source file of one module.
struct SourceId {
  const grader::Module* module = nullptr;
  std::string file;

  bool operator<(const SourceId& other) const;
};

struct Compiled {
  bool ok = false;
  std::filesystem::path object;
  std::string output;  ///< what the compiler said
};

/// How the tests run.
struct Trial {
  std::chrono::milliseconds per_test{10'000};
  bool stop_at_first_failure = false;
};

enum class Warnings { errors, ignored };

/// Objects of solutions, compiled once, to which a changed one is linked. Code
/// is compiled quickly rather than well, and without debug information, so that
/// equal code gives equal objects. compile() and test() may be called from
/// several threads, each with its own directory.
class Bench {
 public:
  Bench(const Course& course, const grader::Toolchain& toolchain, int jobs);

  /// From here on every source sees all headers that the solution of `module`
  /// includes, compiled once: two thirds of the time to compile a source. Not
  /// for sources whose own includes are to be judged.
  void share_headers(const grader::Module& module);

  /// Compiles the sources of `modules` and of all that they require, taking
  /// each from `root`/<folder>/src, and builds the modules' tests.
  /// @throws NotYetError  with the compiler's message
  void prepare(const std::vector<const grader::Module*>& modules,
               const std::filesystem::path& root);

  Compiled compile(const std::string& file, const std::string& text,
                   const std::filesystem::path& directory,
                   Warnings warnings = Warnings::errors) const;

  /// Runs the public and hidden tests of a prepared module, with `objects` in
  /// place of the prepared ones.
  /// @throws NotYetError  if the program cannot be linked
  std::vector<grader::TestResult> test(
      const grader::Module& module,
      const std::map<SourceId, std::filesystem::path>& objects,
      const std::filesystem::path& directory, const Trial& trial) const;

  const std::filesystem::path& object(const SourceId& source) const {
    return objects_.at(source);
  }
  /// A directory for one thread.
  std::filesystem::path directory(int thread) const;

 private:
  std::filesystem::path link(
      const grader::Module& module,
      const std::map<SourceId, std::filesystem::path>& objects,
      const std::filesystem::path& directory) const;
  std::vector<std::filesystem::path> tests_of(const grader::Module&) const;

  const Course& course_;
  const grader::Toolchain toolchain_;
  const int jobs_;
  std::vector<std::string> flags_;
  grader::Scratch scratch_;
  std::map<SourceId, std::filesystem::path> objects_;
  /// The tests that exist, by the module's number.
  std::map<std::string, std::vector<grader::TestResult>> expected_;
};

}  // namespace tito::dev
