// What can be checked by reading the tree. Each returns its problems.
#pragma once

#include <vector>

#include "dev/course.hpp"
#include "dev/text.hpp"

namespace tito::dev {

/// Every file and folder that the curriculum calls for exists, and there are
/// no folders of modules or milestones that it does not know.
std::vector<Problem> check_folders(const Course& course);

/// Stubs are what the solutions generate, and every task has a region.
std::vector<Problem> check_stub_files(const Course& course);

/// Every lesson has its sections and a heading for each task.
std::vector<Problem> check_lessons(const Course& course);

/// Every task has at least two hints.
std::vector<Problem> check_hints(const Course& course);

/// Nothing includes what its layer may not know.
std::vector<Problem> check_layers(const Course& course);

/// No source file is longer than 400 lines, no function longer than 60; main()
/// of a milestone excepted.
std::vector<Problem> check_sizes(const Course& course);

/// No file names a directory of somebody's own machine.
std::vector<Problem> check_machine_paths(const Course& course);

}  // namespace tito::dev
