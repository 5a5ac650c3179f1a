// The roster as instructors have it: a CSV file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grader/gradebook/student.hpp"

namespace grader {

/// Reads a roster with the columns id, name, email, section, sis_id, login,
/// moodle_id and canvas_id, in any order; only id must be there. What it has no
/// column for is as in `known`, the students of the gradebook. `name` is the
/// file's.
/// @throws InputError  if it holds no student; naming the line: an unknown or
/// double column, an id that is_valid_id() refuses, two students with one id,
/// address, sis_id, login, moodle_id or canvas_id, told here or known, or what
/// is meant to identify someone elsewhere and looks like a formula
std::vector<Student> read_roster(std::string_view text, const std::string& name,
                                 const std::vector<Student>& known = {});

}  // namespace grader
