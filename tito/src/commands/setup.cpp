// `tito setup`: everything built that the student's loop only links.
#include <fmt/format.h>

#include <fstream>

#include "commands/module_commands.hpp"
#include "commands/reporting.hpp"
#include "grader/process.hpp"
#include "system/course.hpp"
#include "system/diagnosis.hpp"
#include "system/error.hpp"
#include "system/stubs.hpp"
#include "ui/activity.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

/// The source tree of a build directory, from CMake's own record.
fs::path configured_source(const fs::path& build) {
  const std::string key = "CMAKE_HOME_DIRECTORY:INTERNAL=";
  std::ifstream cache(build / "CMakeCache.txt");
  for (std::string line; std::getline(cache, line);) {
    if (line.starts_with(key)) return line.substr(key.size());
  }
  return {};
}

void configure(const fs::path& build, const Terminal& terminal) {
  const fs::path source = configured_source(build);
  if (source.empty() || !fs::exists(source / "CMakeLists.txt")) {
    throw EnvironmentError(fmt::format(
        "'{}' is not a build directory of the course. In the course's "
        "directory: cmake --preset student && cmake --build build",
        build.string()));
  }
  const Activity activity(terminal, "Configuring the course");
  grader::Command cmake;
  cmake.argv = {"cmake", "-S", source.string(), "-B", build.string()};
  const grader::ProcessResult result = grader::run(cmake);
  if (result.ok()) return;
  throw EnvironmentError(
      fmt::format("the course cannot be configured:\n{}{}\nSee what is "
                  "missing: tito doctor",
                  result.output, result.error));
}

bool toolchain_is_usable(const fs::path& build) {
  try {
    const auto toolchain = grader::Toolchain::load(build);
    return fs::exists(toolchain.cmake) && fs::exists(toolchain.compiler);
  } catch (const grader::MovedBuild&) {
    throw;  // CMake would go on in the old place
  } catch (const grader::ToolchainError&) {
    return false;
  }
}

int run_setup(App& app) {
  Terminal& terminal = *app.terminal;
  const std::string problem = first_problem(check_programs());
  if (!problem.empty()) throw EnvironmentError(problem);
  find_workspace(app.directory).prepare();
  if (!toolchain_is_usable(app.build_directory())) {
    configure(app.build_directory(), terminal);
  }
  const Course course = open_course(app);
  terminal.print("Course     {}\n", course.toolchain.course.string());
  terminal.print("Workspace  {}\n", course.workspace.root.string());
  {
    const Activity activity(terminal, "Building the tests (once)");
    course.toolchain.build_tests();
  }
  for (const grader::Module& module : course.curriculum.modules()) {
    keep_stubs(course, module);
  }
  terminal.print(
      "Tests      built for {}\n",
      count(static_cast<int>(course.curriculum.modules().size()), "module"));
  terminal.print("\nReady. Next: {}\n",
                 command_text(terminal, "tito module list"));
  return kPassed;
}

}  // namespace

void add_setup(CLI::App& parser, App& app) {
  CLI::App* command = parser.add_subcommand(
      "setup", "Check the tools and build what the course needs");
  command->footer("It may be run again at any time.");
  set_action(*command, app, [&app] { return run_setup(app); });
}

}  // namespace tito
