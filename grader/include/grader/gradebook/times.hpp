// When students handed in, as a file from the learning platform tells.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "grader/gradebook/instant.hpp"

namespace grader {

/// Reads a CSV file with the columns student and submitted_at, in any order;
/// other columns are not read. Who has no time handed in nothing. `name` is the
/// file's.
/// @throws InputError  naming the line: a column that is not there, a student
/// twice, or what parse_instant() refuses
std::map<std::string, Instant> read_times(std::string_view text,
                                          const std::string& name);

}  // namespace grader
