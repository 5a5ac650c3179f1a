// Looking at compiled student code before it is linked with the tests.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/build.hpp"
#include "grader/toolchain.hpp"

namespace grader {

/// Why these sources of a compiled program must not be linked with tests; empty
/// if they may. Refused are objects that define names of the C library, the C++
/// runtime or the test framework which what they are linked with (`beside`, and
/// the program's objects) uses, that run code before the test program's main
/// object does, or that include files from outside the course's headers (a
/// reference solution, say). A name that nobody else uses is the student's to
/// choose, whoever else has one like it.
///
/// @throws std::runtime_error  if nm, objdump or ninja cannot be run
std::string why_denied(const Program& program, const Toolchain& toolchain,
                       const std::vector<std::filesystem::path>& beside,
                       const Launch& run = grader::run);

}  // namespace grader
