// `tito release student` and `tito release instructor`.
#include <fmt/format.h>

#include <memory>

#include "commands/module_commands.hpp"
#include "commands/release_commands.hpp"
#include "commands/reporting.hpp"
#include "release/secrets.hpp"
#include "release/tree.hpp"
#include "system/error.hpp"
#include "ui/activity.hpp"
#include "ui/terminal.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

constexpr std::size_t kMostShown = 20;

void print_secrets(const std::vector<dev::Problem>& found, Terminal& terminal) {
  for (std::size_t i = 0; i < found.size() && i < kMostShown; ++i) {
    terminal.warn("{}\n", printable(to_string(found[i])));
  }
  if (found.size() > kMostShown) {
    terminal.warn("... and {} more\n", found.size() - kMostShown);
  }
}

/// Removes what must not be handed out. @throws NotYetError
void refuse(const std::vector<dev::Problem>& found, const fs::path& tree,
            App& app) {
  fs::remove_all(tree);
  print_secrets(found, *app.terminal);
  throw NotYetError(fmt::format(
      "students would have got {} of solutions or hidden tests, so '{}' was "
      "removed again. Take them out of the files named above, then: tito "
      "release student --out {}",
      count(static_cast<int>(found.size()), "line"), tree.string(),
      tree.string()));
}

void report(const fs::path& tree, int files, const std::string& next,
            App& app) {
  if (app.json) return print_json(app, {{"out", tree}, {"files", files}});
  app.terminal->print("{} in {}\n\nNext: {}\n", count(files, "file"),
                      tree.string(), command_text(*app.terminal, next));
}

int release_student(const fs::path& out, App& app) {
  const dev::Course course = dev::open_course(app.directory);
  const fs::path tree = fs::absolute(app.directory / out).lexically_normal();
  const int files = release::make_student_tree(course, tree);
  const auto found = [&] {
    const Activity activity(*app.terminal, "Searching it for secrets");
    return release::find_secrets(release::secrets_of(course), tree);
  }();
  if (!found.empty()) refuse(found, tree, app);
  report(tree, files, fmt::format("cd {} && ./scripts/setup.sh", out.string()),
         app);
  return kPassed;
}

int release_instructor(const fs::path& out, App& app) {
  const dev::Course course = dev::open_course(app.directory);
  const fs::path tree = fs::absolute(app.directory / out).lexically_normal();
  const int files = release::make_instructor_tree(course, tree);
  report(tree, files, fmt::format("cd {} && ./scripts/setup.sh", out.string()),
         app);
  return kPassed;
}

CLI::App* add_tree_command(CLI::App& group, App& app, const char* name,
                           const char* what,
                           int (*run)(const fs::path&, App&)) {
  const auto out = std::make_shared<fs::path>();
  CLI::App* command = group.add_subcommand(name, what);
  command->add_option("--out", *out, "A new directory")
      ->type_name("DIR")
      ->required();
  add_json_flag(*command, app);
  set_action(*command, app, [out, run, &app] { return run(*out, app); });
  return command;
}

}  // namespace

void setup_release_student(CLI::App& group, App& app) {
  add_tree_command(group, app, "student",
                   "What students get: no solutions, no hidden tests",
                   release_student)
      ->footer(
          "Hidden tests are not handed out in any form: compiled ones would\n"
          "show their expected values to `strings`. The new tree is searched\n"
          "for lines of solutions, hidden tests, probes and mutants; if one "
          "is\n"
          "found, the tree is removed and the exit code is 1. The workflow in\n"
          ".github/workflows/grade.yml grades every push by `tito grade ci`.");
}

void setup_release_instructor(CLI::App& group, App& app) {
  add_tree_command(group, app, "instructor",
                   "What instructors get: everything to teach and grade with",
                   release_instructor)
      ->footer(
          "Without version control, builds, gradebooks and progress. It holds\n"
          "the solutions: keep it where students cannot read.");
}

}  // namespace tito
