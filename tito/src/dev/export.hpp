// The tree that students get.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "dev/course.hpp"
#include "dev/text.hpp"
#include "ui/terminal.hpp"

namespace tito::dev {

/// The files that a student gets, relative to the root: no solutions, no
/// hidden tests, no tests of our own.
std::vector<std::filesystem::path> student_files(const Course& course);

/// Copies the student's files into a new directory.
/// @throws UsageError  if the directory exists and is not empty
int export_tree(const Course& course, const std::filesystem::path& target);

/// `tito dev export`. Returns the exit code.
int run_export(const Course& course, const std::filesystem::path& target,
               Terminal& terminal);

/// The lines of solutions that nobody else may see: longer than 30 characters,
/// inside a marked region, and not also outside of all regions.
std::set<std::string> secret_lines(const Course& course);

/// The places in a student's tree where secret lines stand. In code that is
/// given (framework, tests/support, the tools) one line may be like a line of a
/// solution by chance; two in a row are not.
std::vector<Problem> find_secrets(const std::set<std::string>& secrets,
                                  const std::filesystem::path& tree);

}  // namespace tito::dev
