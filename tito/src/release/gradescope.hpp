// An autograder for Gradescope: one module, graded as we grade it.
#pragma once

#include <vector>

#include "dev/course.hpp"
#include "system/pack.hpp"

namespace tito::release {

/// The files of the autograder's archive: setup.sh and run_autograder at its
/// top, the module's folder name in `module`, the instructor's tree in course/.
/// A student sees the points of so many submissions in 24 hours; 0: of all.
/// @throws UsageError  if this tree has no solutions
/// @throws NotYetError  if a solution has no readable marks
std::vector<PackedFile> gradescope_files(const dev::Course& course,
                                         const grader::Module& module,
                                         int answers_per_day);

}  // namespace tito::release
