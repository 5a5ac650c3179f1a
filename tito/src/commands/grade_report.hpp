// What the commands that grade have in common: the check before, the files they
// write and the table they print.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "commands/commands.hpp"
#include "commands/output_files.hpp"
#include "grader/curriculum.hpp"
#include "grader/report.hpp"
#include "grader/scratch.hpp"
#include "grader/submission.hpp"
#include "grader/toolchain.hpp"

namespace tito {

/// A directory for temporary files that goes even if Ctrl-C ends the command.
class GradingScratch {
 public:
  GradingScratch();
  ~GradingScratch();
  const std::filesystem::path& path() const { return scratch_.path(); }
  /// What else an interruption must end, before the directory goes. An empty
  /// function takes it back.
  void on_interrupt(std::function<void()> action) const;

 private:
  grader::Scratch scratch_;
};

/// Tests, references and what else grading these modules, or all, needs.
/// @throws grader::ToolchainError
void build_grading(const std::vector<std::string>& numbers,
                   const grader::Curriculum& curriculum,
                   const grader::Toolchain& toolchain,
                   const Terminal& terminal);

/// Untrusted code meets a machine only where every check holds, or where
/// `degraded` says that nobody minds.
/// @throws EnvironmentError
void require_isolation(bool degraded, const grader::Toolchain& toolchain,
                       Terminal& terminal);

/// The submissions in a directory, for `tito grade <command>`.
/// @throws UsageError  if there are none
grader::Entries entries_in(const std::string& directory,
                           const std::string& command, const App& app);

/// Where the grades go; empty: nowhere.
struct GradeFiles {
  std::string csv, json, junit;
};

/// Fails before the work, rather than after it, if a file cannot be written, or
/// would be written over another one or over what is kept.
/// @throws EnvironmentError, UsageError
void check_writable(const GradeFiles& files, const std::vector<KeptFile>& kept,
                    const App& app);

/// @throws EnvironmentError
void write_grades(const grader::Report& report, const GradeFiles& files,
                  const App& app);

/// One line per student, at most some dozens. Points are never shortened.
void print_grades(const grader::Report& report, App& app);

/// What made these grades: tito and the compiler.
std::map<std::string, std::string> versions(const grader::Toolchain& toolchain);

/// The numbers of the modules that words name; empty for no words.
/// @throws UsageError
std::vector<std::string> module_numbers(const grader::Curriculum& curriculum,
                                        const std::vector<std::string>& words);

void setup_grade_run(CLI::App& group, App& app);
void setup_grade_shard(CLI::App& group, App& app);
void setup_grade_ci(CLI::App& group, App& app);
void setup_grade_doctor(CLI::App& group, App& app);

}  // namespace tito
