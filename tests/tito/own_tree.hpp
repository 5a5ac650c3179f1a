// A student's tree: the course that was built and the workspace in one, without
// solutions. What its build would make is taken from the real one.
#pragma once

#include <nlohmann/json.hpp>

#include "course_workspace.hpp"
#include "grader/toolchain.hpp"

class OwnTree : public CourseWorkspace {
 public:
  OwnTree() {
    namespace fs = std::filesystem;
    fs::create_directory_symlink(COURSE_DIR "/framework", path() / "framework");
    fs::create_directories(path() / "build/bin");
    fs::copy_file(BUILD_DIR "/bin/tito", path() / "build/bin/tito");
    auto toolchain = nlohmann::json::parse(slurp(BUILD_DIR "/toolchain.json"));
    toolchain["course"] = fs::canonical(path());
    toolchain["build"] = fs::canonical(path()) / "build";
    toolchain["cmake"] = "/bin/true";
    spit(path() / "build/toolchain.json", toolchain.dump());
  }

  /// This tree's own tito.
  grader::ProcessResult tito(const std::vector<std::string>& arguments) const {
    std::vector<std::string> words = {path() / "build/bin/tito"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return run(words);
  }

  void commit() const {
    run({"git", "init", "--quiet"});
    run({"git", "add", "modules"});
    const auto result =
        run({"git", "-c", "user.name=s", "-c", "user.email=s@example.org",
             "commit", "--quiet", "-m", "Work"});
    INFO(result.output << result.error);
    REQUIRE(result.ok());
  }

 private:
  grader::ProcessResult run(std::vector<std::string> words) const {
    grader::Command command;
    command.argv = std::move(words);
    command.directory = path();
    return grader::run(command);
  }
};
