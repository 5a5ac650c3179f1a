// `tito dev check`: the author's one gate.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "dev/course.hpp"
#include "dev/text.hpp"
#include "ui/terminal.hpp"

namespace tito::dev {

struct CheckOptions {
  bool quick = false;  ///< without sanitizers and the students' tree
  int jobs = 0;        ///< 0: one per processor
};

struct Check {
  std::string name;
  std::function<std::vector<Problem>()> run;
};

/// Runs the checks in order and prints a row for each. Returns the exit code.
/// A check that cannot run (CommandError, ToolchainError) has failed.
int run_checks(const std::vector<Check>& checks, Terminal& terminal);

/// `tito dev check`. Returns the exit code.
int run_check(const Course& course, const grader::Toolchain& toolchain,
              const CheckOptions& options, Terminal& terminal);

}  // namespace tito::dev
