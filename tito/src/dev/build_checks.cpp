#include "dev/build_checks.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grader/process.hpp"
#include "grader/scratch.hpp"
#include "release/secrets.hpp"
#include "release/tree.hpp"

namespace tito::dev {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLinesShown = 15;

std::string last_lines(const std::string& output) {
  const std::vector<std::string> lines = split_lines(output);
  std::string text;
  for (std::size_t i = lines.size() - std::min(lines.size(), kLinesShown);
       i < lines.size(); ++i) {
    text += "\n          " + lines[i];
  }
  return text;
}

/// Runs commands in order until one fails, which is the problem.
std::vector<Problem> run_all(
    const fs::path& directory,
    const std::vector<std::vector<std::string>>& commands) {
  for (const std::vector<std::string>& argv : commands) {
    grader::Command command;
    command.argv = argv;
    command.directory = directory;
    const grader::ProcessResult result = grader::run(command);
    if (!result.ok()) {
      return {{"", 0,
               fmt::format("{}{}", fmt::join(argv, " "),
                           last_lines(result.output + result.error))}};
    }
  }
  return {};
}

}  // namespace

std::vector<Problem> check_sanitizers(const Course& course,
                                      const grader::Toolchain& toolchain,
                                      int jobs) {
  const std::string build = (toolchain.build / "asan").string();
  const std::string cmake = toolchain.cmake.string();
  std::vector<std::string> make = {
      cmake, "--build", build, "-j", std::to_string(jobs), "--target"};
  for (const grader::Module& module : course.curriculum.modules()) {
    make.push_back("solution_tests_" + module.folder());
  }
  return run_all(course.root,
                 {{cmake, "--preset", "asan", "-B", build},
                  make,
                  {"ctest", "--test-dir", build, "-R", "^solution_",
                   "--output-on-failure", "--no-tests=error"}});
}

std::vector<Problem> check_student_tree(const Course& course,
                                        const grader::Toolchain& toolchain,
                                        int jobs) {
  const grader::Scratch scratch;
  const fs::path tree = scratch.path() / "course";
  release::make_student_tree(course, tree);
  std::vector<Problem> problems =
      release::find_secrets(release::secrets_of(course), tree);
  const std::string cmake = toolchain.cmake.string();
  for (Problem& problem : run_all(
           tree, {{cmake, "--preset", "student"},
                  {cmake, "--build", "build", "-j", std::to_string(jobs)}})) {
    problems.push_back(std::move(problem));
  }
  return problems;
}

}  // namespace tito::dev
