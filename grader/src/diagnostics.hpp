// Reading what compiler and linker print.
#pragma once

#include <string>
#include <vector>

#include "grader/build.hpp"

namespace grader {

/// Fills errors and missing_symbols from `result.output`.
void read_diagnostics(BuildResult& result);

/// True if the output tells that a compiler died of a limit.
bool tells_of_limit(const std::string& output);

/// True if it tells that somebody else ended a compiler or a linker. (A
/// student's #pragma message can say so, too.)
bool tells_of_kill(const std::string& output);

/// Whether a line in it, unlike those, tells of an error: the assembler's begin
/// with a capital.
bool tells_of_error(const std::string& output);

/// Removes ninja's own lines: what failed and how it was called.
std::string without_ninja(const std::string& output);

}  // namespace grader
