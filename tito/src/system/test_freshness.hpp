// Whether the course's test objects are up to date, found out without CMake.
#pragma once

#include <filesystem>

#include "grader/curriculum.hpp"
#include "grader/toolchain.hpp"

namespace tito {

/// Every test object of the module exists, and no test, support file or header
/// has changed since mark_tests_fresh() wrote the stamp for this build
/// directory.
bool tests_are_fresh(const grader::Toolchain& toolchain,
                     const grader::Module& module,
                     const std::filesystem::path& stamp);

/// To be called after a build that began at `moment`.
void mark_tests_fresh(const grader::Toolchain& toolchain,
                      const std::filesystem::path& stamp,
                      std::filesystem::file_time_type moment);

}  // namespace tito
