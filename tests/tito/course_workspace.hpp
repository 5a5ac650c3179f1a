// A student's directory with the stubs of the course.
#pragma once

#include <nlohmann/json.hpp>

#include "scratch.hpp"
#include "support/catch.hpp"

class CourseWorkspace {
 public:
  CourseWorkspace() {
    const std::filesystem::path modules = COURSE_DIR "/modules";
    std::filesystem::copy(modules, path() / "modules",
                          std::filesystem::copy_options::recursive);
  }

  std::filesystem::path path() const { return scratch_.path(); }
  std::filesystem::path source(const std::string& name) const {
    return path() / "modules/01_tensor/src" / name;
  }
  std::filesystem::path progress() const {
    return path() / ".tito/progress.json";
  }

  /// Puts the reference solution in place of the student's files.
  void solve(const std::string& folder) const {
    std::filesystem::copy(
        std::filesystem::path(COURSE_DIR "/solutions") / folder / "src",
        path() / "modules" / folder / "src",
        std::filesystem::copy_options::overwrite_existing |
            std::filesystem::copy_options::recursive);
  }

  grader::ProcessResult tito(const std::vector<std::string>& arguments) const {
    return tito_in(path(), arguments);
  }

  /// The command's one JSON document, and its exit code.
  nlohmann::json tito_json(const std::vector<std::string>& arguments,
                           int expected_code) const {
    const auto result = tito(arguments);
    INFO(result.output);
    CHECK(result.code == expected_code);
    return nlohmann::json::parse(result.output);
  }

 private:
  Scratch scratch_;
};
