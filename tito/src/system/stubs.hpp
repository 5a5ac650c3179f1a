// The stubs as they were handed out. Where the workspace is the course's own
// tree, the student edits the only copy: so tito keeps another in .tito/stubs.
#pragma once

#include <string>

#include "system/course.hpp"

namespace tito {

/// The stub as it was handed out: the course's file or, where that is the
/// student's own, the kept copy or git's. Empty if none is to be found.
std::string known_stub(const Course& course, const grader::Module& module,
                       const std::string& source);

/// The file has tasks, and is the stub that was handed out. Where nothing tells
/// what that was, it is not: better handed in than lost.
bool is_untouched(const Course& course, const grader::Module& module,
                  const std::string& source, const std::string& text);

/// Keeps copies of a module's stubs that are still untouched.
void keep_stubs(const Course& course, const grader::Module& module);

/// The known stub. @throws EnvironmentError  if there is none
std::string pristine_stub(const Course& course, const grader::Module& module,
                          const std::string& source);

}  // namespace tito
