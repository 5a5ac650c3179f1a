#include "system/diagnosis.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "grader/curriculum.hpp"
#include "grader/process.hpp"
#include "grader/toolchain.hpp"
#include "system/error.hpp"
#include "system/files.hpp"
#include "system/progress.hpp"
#include "system/workspace.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

constexpr std::uintmax_t kMegabyte = 1u << 20;
constexpr std::uintmax_t kNeededMegabytes = 200;

constexpr const char* kProof =
    "#include <concepts>\n"
    "template <std::integral T> T twice(T x) { return 2 * x; }\n"
    "int main() { return twice(0); }\n";

Check check_program(const std::string& program, const std::string& package) {
  const fs::path found = grader::find_program(program);
  if (!found.empty()) return {program, true, found.string(), ""};
  return {program, false, "not on the PATH", "sudo apt-get install " + package};
}

/// A directory of its own that goes with the object.
class ScratchDirectory {
 public:
  ScratchDirectory() {
    std::string name = (fs::temp_directory_path() / "tito-XXXXXX").string();
    if (const char* made = ::mkdtemp(name.data())) path_ = made;
  }
  ~ScratchDirectory() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

Check check_compiler(const grader::Toolchain& toolchain) {
  Check check{"compiler", false, "", "sudo apt-get install g++ && tito setup"};
  const ScratchDirectory scratch;
  if (scratch.path().empty()) {
    check.detail = "no temporary directory can be made";
    check.mend = fmt::format("df -h '{}'", fs::temp_directory_path().string());
    return check;
  }
  std::ofstream(scratch.path() / "proof.cpp") << kProof;
  grader::Command compile;
  compile.argv = {toolchain.compiler.string()};
  compile.argv.insert(compile.argv.end(), toolchain.flags.begin(),
                      toolchain.flags.end());
  compile.argv.insert(compile.argv.end(), {"proof.cpp", "-o", "proof"});
  compile.directory = scratch.path();
  const grader::ProcessResult result = grader::run(compile);
  check.ok = result.ok();
  check.detail =
      check.ok ? fmt::format("{} compiles C++20", toolchain.compiler.string())
               : result.error + result.output.substr(0, 300);
  if (check.ok) check.mend.clear();
  return check;
}

Check check_paths(const grader::Toolchain& toolchain) {
  for (const fs::path& path :
       {toolchain.course, toolchain.cmake, toolchain.ninja, toolchain.support,
        toolchain.test_main, toolchain.test_support, toolchain.curriculum()}) {
    if (fs::exists(path)) continue;
    return {"course", false, fmt::format("'{}' is missing", path.string()),
            "tito setup"};
  }
  try {
    const auto curriculum = grader::Curriculum::load(toolchain.curriculum());
    return {"course", true,
            fmt::format("{} with {} modules", toolchain.course.string(),
                        curriculum.modules().size()),
            ""};
  } catch (const grader::CurriculumError& error) {
    return {"course", false, error.what(), "git checkout -- modules"};
  }
}

Check check_writable(const Workspace& workspace) {
  try {
    workspace.prepare();
    const fs::path probe = workspace.state() / "probe";
    write_atomically(probe, "written by tito doctor\n", Durability::fast);
    fs::remove(probe);
    return {"writing", true, workspace.state().string(), ""};
  } catch (const EnvironmentError& error) {
    return {"writing", false, error.what(),
            fmt::format("sudo chown -R $USER '{}'", workspace.root.string())};
  }
}

Check check_space(const Workspace& workspace) {
  std::error_code error;
  const auto available = fs::space(workspace.root, error).available / kMegabyte;
  const bool enough = !error && available >= kNeededMegabytes;
  return {"disk space", enough,
          fmt::format("{} MB free, {} MB needed", available, kNeededMegabytes),
          enough ? ""
                 : fmt::format("rm -rf '{}'",
                               (workspace.state() / "build").string())};
}

Check check_progress(const Workspace& workspace) {
  const fs::path file = workspace.progress();
  if (!fs::exists(file)) return {"progress", true, "none yet", ""};
  try {
    const Progress progress = parse_progress(read_text(file));
    return {"progress", true,
            fmt::format("{} modules begun", progress.modules.size()), ""};
  } catch (const ProgressFormatError& error) {
    return {"progress", false, error.what(),
            error.newer ? "git pull && tito setup" : "tito module list"};
  } catch (const EnvironmentError& error) {
    return {"progress", false, error.what(),
            fmt::format("chmod u+rw '{}'", file.string())};
  }
}

}  // namespace

std::vector<Check> check_programs() {
  return {check_program("cmake", "cmake"),
          check_program("ninja", "ninja-build"), check_program("c++", "g++"),
          check_program("ar", "binutils")};
}

std::vector<Check> check_course(const fs::path& build_directory) {
  try {
    const auto toolchain = grader::Toolchain::load(build_directory);
    return {check_paths(toolchain), check_compiler(toolchain)};
  } catch (const grader::MovedBuild& error) {
    return {{"course", false, error.what(), "scripts/setup.sh"}};
  } catch (const grader::ToolchainError& error) {
    return {{"course", false, error.what(), "tito setup"}};
  }
}

std::vector<Check> check_workspace(const fs::path& directory) {
  try {
    const Workspace workspace = find_workspace(directory);
    return {{"workspace", true, workspace.root.string(), ""},
            check_writable(workspace),
            check_space(workspace),
            check_progress(workspace)};
  } catch (const UsageError& error) {
    return {{"workspace", false, error.what(),
             "cd to the course's directory, or use tito -C DIR"}};
  }
}

std::string first_problem(const std::vector<Check>& checks) {
  for (const Check& check : checks) {
    if (check.ok) continue;
    return fmt::format("{}: {}. Mend it with: {}", check.name, check.detail,
                       check.mend);
  }
  return "";
}

}  // namespace tito
