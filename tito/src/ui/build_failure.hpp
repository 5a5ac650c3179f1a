// Explaining why code does not compile or link.
#pragma once

#include "grader/build.hpp"
#include "system/course.hpp"
#include "ui/terminal.hpp"

namespace tito {

/// The first error in the student's files with its line and a caret, and how
/// many more there are; or the functions that the tests need and do not find.
void print_build_failure(const grader::BuildResult& build,
                         const grader::Module& module, const Course& course,
                         Terminal& terminal);

/// The error that the student should look at first; nullptr if there is none.
const grader::Diagnostic* first_own_error(const grader::BuildResult& build,
                                          const Workspace& workspace);

}  // namespace tito
