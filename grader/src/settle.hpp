// What a build that failed means for a grade.
#pragma once

#include <string>

#include "grader/build.hpp"
#include "grader/module_grade.hpp"
#include "room.hpp"

namespace grader {

/// The text without the paths of the room: the same in every run.
std::string neutral(const std::string& text, const Room& room);

/// Sets outcome and detail. Where the disk is full, nothing is the
/// submission's fault.
void settle(ModuleGrade& grade, const BuildResult& built, const Room& room);

}  // namespace grader
