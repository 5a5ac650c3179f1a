// Submissions as students might hand them in, prepared by scripts.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "fake_course.hpp"
#include "grader/process.hpp"
#include "grader/submission.hpp"
#include "support/catch.hpp"

namespace submission_test {

using grader::Submission;

/// A directory in which a script prepares submissions.
struct Desk {
  fake::TemporaryDirectory directory;
  std::filesystem::path path(const std::string& name) const {
    return directory.path() / name;
  }
  void run(const std::string& script) const {
    grader::Command command;
    command.argv = {"/bin/sh", "-ec", script};
    command.directory = directory.path();
    const auto result = grader::run(command);
    INFO(result.output << result.error);
    REQUIRE(result.ok());
  }
  /// Runs Python, which can write archives that no tool would.
  void python(const std::string& script) const {
    fake::spit(path("make.py"), "import io, tarfile, zipfile\n" + script);
    run("python3 make.py && rm make.py");
  }
  Submission read(const std::string& name,
                  const grader::IntakeLimits& limits = {}) const {
    return grader::read_submission({"s1", path(name)},
                                   fake::course().curriculum(), limits);
  }
};

inline bool mentions(const std::vector<std::string>& lines,
                     const std::string& text) {
  return std::any_of(lines.begin(), lines.end(), [&](const auto& line) {
    return line.find(text) != std::string::npos;
  });
}

}  // namespace submission_test
