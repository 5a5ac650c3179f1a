// Whether the machine, the course and the workspace are fit for work.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace tito {

struct Check {
  std::string name;
  bool ok = false;
  std::string detail;  ///< what was found
  std::string mend;    ///< the command that mends it, if not ok
};

/// The programs that tito needs on the PATH.
std::vector<Check> check_programs();

/// The course's build: toolchain.json, what it names, and its compiler, which
/// compiles a file as proof.
std::vector<Check> check_course(const std::filesystem::path& build_directory);

/// The student's directory: found, writable, room on the disk, progress
/// readable.
std::vector<Check> check_workspace(const std::filesystem::path& directory);

/// The message of the first check that failed; empty if all are well.
std::string first_problem(const std::vector<Check>& checks);

}  // namespace tito
