// What a build that failed means for a grade.
#pragma once

#include "grader/build.hpp"
#include "grader/module_grade.hpp"
#include "room.hpp"

namespace grader {

/// Sets outcome and detail. Where the disk is full, nothing is the
/// submission's fault.
void settle(ModuleGrade& grade, const BuildResult& built, const Room& room);

}  // namespace grader
