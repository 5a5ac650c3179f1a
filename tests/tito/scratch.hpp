// Directories and processes for the tests of tito.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/process.hpp"
#include "support/files.hpp"
#include "support/temporary_folder.hpp"

using Scratch = test::TemporaryFolder;

using test::slurp;
using test::spit;

/// The built tito, in a directory, without a terminal.
inline grader::ProcessResult tito_in(
    const std::filesystem::path& directory,
    const std::vector<std::string>& arguments,
    const std::vector<std::string>& environment = {}) {
  grader::Command command;
  command.argv = {BUILD_DIR "/bin/tito"};
  command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
  command.directory = directory;
  command.environment = environment;
  return grader::run(command);
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

inline int occurrences(const std::string& text, const std::string& part) {
  int n = 0;
  for (auto at = text.find(part); at != std::string::npos;
       at = text.find(part, at + 1)) {
    ++n;
  }
  return n;
}
