// From a solution to the stub that the student gets.
#pragma once

#include <string>
#include <vector>

#include "dev/regions.hpp"

namespace tito::dev {

/// The solution with each task's region replaced by
///
///   // TODO(01.6): reshape
///   not_implemented("01.6", "reshape", shape);
///
/// and each private region left out, together with blank lines that would
/// then stand twice or at the edge of a block. Formatted as clang-format would,
/// if the solution is. `regions` must be those of `solution`, without problems.
std::string generate_stub(const std::string& solution,
                          const std::vector<Region>& regions);

}  // namespace tito::dev
