// All stubs of a course: written, or compared with what stands there.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "dev/course.hpp"
#include "dev/text.hpp"
#include "ui/terminal.hpp"

namespace tito::dev {

struct StubFile {
  std::filesystem::path solution;
  std::filesystem::path stub;
  std::string text;  ///< what the stub should hold
};

/// The stubs that the solutions of `modules` call for. Problems: marks that
/// cannot be read, sources that the curriculum lists and that are missing, and
/// sources that it does not list. A file with a problem yields no stub.
std::vector<StubFile> plan_stubs(
    const Course& course, const std::vector<const grader::Module*>& modules,
    std::vector<Problem>& problems);

/// All stubs of a course. An author may have played the student: what stands in
/// modules/ counts for nothing.
/// @throws NotYetError  if the solutions have a problem
std::vector<StubFile> generated_stubs(const Course& course);

/// The stubs that differ from what stands in modules/.
std::vector<Problem> compare_stubs(const Course& course,
                                   const std::vector<StubFile>& stubs);

struct StubOptions {
  std::string module;  ///< empty: all
  bool check = false;  ///< compare only
  bool force = false;  ///< overwrite a student's work
};

/// `tito dev stubs`. Returns the exit code.
/// @throws UsageError  if there are no solutions, or a stub holds a student's
/// work
int run_stubs(const Course& course, const StubOptions& options,
              Terminal& terminal);

}  // namespace tito::dev
