// Mutation testing: do the tests notice when a solution is wrong?
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "dev/course.hpp"
#include "dev/mutations.hpp"
#include "ui/terminal.hpp"

namespace tito::dev {

struct MutateOptions {
  std::string module;               ///< empty: all
  std::string file;                 ///< empty: all of the module's
  std::filesystem::path json;       ///< report for machines; empty: none
  int jobs = 0;                     ///< 0: one per processor
  std::chrono::seconds timeout{5};  ///< per test
};

struct Mutant {
  enum class Fate {
    noticed,
    survived,
    explained,   ///< survived, and equivalent.json says why it may
    same_code,   ///< the compiler made the same object of it
    no_program,  ///< does not compile
  };
  const grader::Module* module = nullptr;
  std::string source;     ///< "views.cpp"
  std::string file;       ///< "solutions/01_tensor/src/views.cpp"
  std::string line_text;  ///< the line that it changes, trimmed
  Mutation mutation;
  Fate fate = Fate::no_program;
  std::string noticed_by;  ///< a test's name
};

struct MutationRate {
  int noticed = 0, survived = 0;
  /// Of those that count; 1 if there are none.
  double value() const;
};

/// Mutants whose code could be compiled and differs from the solution's, those
/// that are explained excluded.
MutationRate rate(const std::vector<Mutant>& mutants);

/// A survivor that is truly equivalent, and why.
struct Equivalent {
  std::string file, line_text, change, why;
};

/// tests/mutants/equivalent.json; empty if it does not exist.
/// @throws UsageError  naming the entry that lacks something
std::vector<Equivalent> load_equivalents(const std::filesystem::path& file);

/// `tito dev mutate`. Returns the exit code: 1 if fewer than 95 % of the
/// mutants are noticed.
int run_mutate(const Course& course, const grader::Toolchain& toolchain,
               const MutateOptions& options, Terminal& terminal);

}  // namespace tito::dev
