// Checks that configure and build a tree of their own; each takes minutes.
#pragma once

#include <vector>

#include "dev/course.hpp"
#include "dev/text.hpp"

namespace tito::dev {

/// The solutions' tests pass in <build>/asan, with AddressSanitizer and
/// UndefinedBehaviorSanitizer.
std::vector<Problem> check_sanitizers(const Course& course,
                                      const grader::Toolchain& toolchain,
                                      int jobs);

/// What `tito release student` hands out builds from nothing, and holds nothing
/// of the solutions and hidden tests.
std::vector<Problem> check_student_tree(const Course& course,
                                        const grader::Toolchain& toolchain,
                                        int jobs);

}  // namespace tito::dev
