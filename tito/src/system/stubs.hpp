// The stubs as they were handed out. Where the workspace is the course's own
// tree, the student edits the only copy: so tito keeps another in .tito/stubs.
#pragma once

#include <string>

#include "system/course.hpp"

namespace tito {

/// The text holds the stub of every task of this source file.
bool looks_pristine(const grader::Module& module, const std::string& source,
                    const std::string& text);

/// The file has tasks, and nobody has begun one.
bool is_untouched(const grader::Module& module, const std::string& source,
                  const std::string& text);

/// Keeps copies of a module's stubs that are still untouched.
void keep_stubs(const Course& course, const grader::Module& module);

/// The untouched stub, from the course, from the kept copies or from git.
/// @throws EnvironmentError  if none is to be found
std::string pristine_stub(const Course& course, const grader::Module& module,
                          const std::string& source);

}  // namespace tito
