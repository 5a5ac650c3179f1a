#include "grader/toolchain.hpp"

#include <fmt/format.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "grader/process.hpp"

namespace grader {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr const char* kMend = "Run: tito setup";

json read_json(const fs::path& file) {
  std::ifstream in(file);
  if (!in) {
    throw ToolchainError(
        fmt::format("{} is missing: the course has not been built. {}",
                    file.string(), kMend));
  }
  try {
    return json::parse(in);
  } catch (const json::parse_error& error) {
    throw ToolchainError(fmt::format("{} is damaged ({}). {}", file.string(),
                                     error.what(), kMend));
  }
}

std::vector<fs::path> paths(const json& list) {
  std::vector<fs::path> result;
  for (const json& path : list) result.emplace_back(path.get<std::string>());
  return result;
}

/// True if a folder below `root` holds a file whose name ends with `suffix`.
bool any_file(const fs::path& root, const std::string& suffix) {
  std::error_code error;
  for (fs::recursive_directory_iterator it(root, error), end;
       !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (name.size() >= suffix.size() &&
        name.compare(name.size() - suffix.size(), suffix.size(), suffix) == 0) {
      return true;
    }
  }
  return false;
}

void build_targets(const Toolchain& toolchain,
                   const std::vector<std::string>& targets) {
  // Ninja locks nothing: of two graders, the second would find half a file.
  Command command;
  command.argv = {"flock",
                  (toolchain.build / "build.lock").string(),
                  toolchain.cmake.string(),
                  "--build",
                  toolchain.build.string(),
                  "--target"};
  command.argv.insert(command.argv.end(), targets.begin(), targets.end());
  const ProcessResult result = run(command);
  if (!result.ok()) {
    throw ToolchainError(fmt::format(
        "the tests of the course do not build:\n{}{}\nRun: cmake --build {}",
        result.output, result.error, toolchain.build.string()));
  }
}

/// A tree that was copied or moved has the build of another place.
void require_own(const fs::path& made_for, const fs::path& build) {
  std::error_code missing;
  if (fs::equivalent(made_for, build, missing)) return;
  throw MovedBuild(fmt::format(
      "{} was made for {}: the course was copied or moved. Run in its "
      "directory: scripts/setup.sh",
      build.string(), made_for.string()));
}

}  // namespace

Toolchain Toolchain::load(const fs::path& build) {
  const fs::path file = build / "toolchain.json";
  const json document = read_json(file);
  try {
    Toolchain result;
    require_own(document.at("build").get<std::string>(), build);
    result.course = document.at("course").get<std::string>();
    result.build = fs::absolute(build).lexically_normal();
    result.compiler = document.at("compiler").get<std::string>();
    result.ninja = document.at("ninja").get<std::string>();
    result.cmake = document.at("cmake").get<std::string>();
    document.at("flags").get_to(result.flags);
    document.at("link_flags").get_to(result.link_flags);
    document.at("grading_flags").get_to(result.grading_flags);
    document.at("grading_link_flags").get_to(result.grading_link_flags);
    result.prelude = document.at("prelude").get<std::string>();
    result.jail = document.at("jail").get<std::string>();
    result.support = document.at("support").get<std::string>();
    result.test_main = document.at("test_main").get<std::string>();
    result.test_support = document.at("test_support").get<std::string>();
    for (const auto& [key, objects] : document.at("test_objects").items()) {
      result.objects[key] = paths(objects);
    }
    return result;
  } catch (const json::exception& error) {
    throw ToolchainError(fmt::format("{} lacks an entry ({}). {}",
                                     file.string(), error.what(), kMend));
  }
}

std::vector<fs::path> Toolchain::test_objects(
    const std::string& kind, const std::string& module_folder) const {
  const auto found = objects.find(kind + "/" + module_folder);
  return found == objects.end() ? std::vector<fs::path>{} : found->second;
}

bool Toolchain::has_solutions() const {
  return any_file(course / "solutions", ".cpp");
}

std::string Toolchain::compiler_version() const {
  Command command;
  command.argv = {compiler, "--version"};
  const std::string output = run(command).output;
  return output.substr(0, output.find('\n'));
}

bool Toolchain::has_hidden_tests() const {
  return any_file(course / "tests/hidden", "_test.cpp");
}

void Toolchain::build_tests(const std::string& module_folder) const {
  build_targets(*this, {module_folder.empty() ? "course_tests"
                                              : "tests_" + module_folder});
}

void Toolchain::build_grading(
    const std::vector<std::string>& module_folders) const {
  std::vector<std::string> targets;
  for (const auto& folder : module_folders) {
    targets.push_back("grading_" + folder);
  }
  if (targets.empty()) targets = {"grading"};
  build_targets(*this, targets);
}

void Toolchain::build_jail() const { build_targets(*this, {"tito-jail"}); }

}  // namespace grader
