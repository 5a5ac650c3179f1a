// libtinytorch.a: the student's completed modules, for milestones to link.
#pragma once

#include "system/course.hpp"

namespace tito {

/// Makes the library from the objects that the last test run of each of these
/// modules left. It is replaced whole or not at all. To be called under the
/// workspace's lock.
/// @throws EnvironmentError
void make_library(const Course& course,
                  const std::vector<const grader::Module*>& modules);

/// The completed modules, in curriculum order.
std::vector<const grader::Module*> completed_modules(const Course& course,
                                                     const Progress& progress);

/// Completed modules whose sources are no longer those that were tested.
std::vector<const grader::Module*> changed_modules(const Course& course,
                                                   const Progress& progress);

}  // namespace tito
