// `tito module reset`: back to the stubs, with a backup.
#include <fmt/format.h>

#include "commands/module_commands.hpp"
#include "commands/reporting.hpp"
#include "system/error.hpp"
#include "system/files.hpp"
#include "system/lock.hpp"
#include "system/session.hpp"
#include "system/stubs.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

struct ResetOptions {
  std::string module;
  bool yes = false;
};

/// False if the person at the terminal decides against it.
bool confirmed(const ResetOptions& options, const grader::Module& module,
               Terminal& terminal) {
  if (options.yes) return true;
  const std::string command =
      fmt::format("tito module reset {} --yes", module.number);
  if (!terminal.interactive()) {
    throw UsageError(fmt::format(
        "reset replaces your files, and there is no terminal to ask at. If you "
        "mean it: {}",
        command));
  }
  return terminal.confirm(fmt::format(
      "Replace your {} of module {} by the stubs? A backup is made.",
      count(static_cast<int>(module.sources.size()), "file"), label(module)));
}

/// Returns the directory of the backup.
fs::path replace_by_stubs(const Course& course, const grader::Module& module) {
  course.workspace.prepare();
  const FileLock lock(course.workspace.lock());
  std::vector<std::string> stubs;
  for (const std::string& source : module.sources) {
    stubs.push_back(pristine_stub(course, module, source));
  }
  const auto files = course.workspace.sources(module);
  const fs::path backup =
      unused_path(course.workspace.backups() /
                  (module.folder() + '-' + timestamp_for_names()));
  copy_files(files, backup);
  make_directories(files.front().parent_path());
  for (std::size_t i = 0; i < files.size(); ++i) {
    write_atomically(files[i], stubs[i]);
  }
  return backup;
}

int run_module_reset(const ResetOptions& options, App& app) {
  const Course course = open_course(app);
  const grader::Module& module = find_module(course, options.module);
  Terminal& terminal = *app.terminal;
  if (!confirmed(options, module, terminal)) {
    terminal.write("Nothing was changed.\n");
    return kPassed;
  }
  const fs::path backup = replace_by_stubs(course, module);
  update_session(course.workspace, [&](Session& session) {
    for (const grader::Task& task : module.tasks) {
      session.results.erase(task.id);
      session.hints.erase(task.id);
    }
  });
  terminal.print(
      "Module {} has its stubs again.\nYour files are in {}\nNext: {}\n",
      label(module), short_path(backup, course.workspace.root),
      command_text(terminal, "tito module test " + module.number));
  return kPassed;
}

}  // namespace

void setup_module_reset(CLI::App& group, App& app) {
  auto options = std::make_shared<ResetOptions>();
  CLI::App* command = group.add_subcommand(
      "reset", "Replace your files by the stubs; makes a backup first");
  command->add_option("module", options->module, "The module to reset")
      ->type_name("MODULE")
      ->required();
  command->add_flag("--yes,-y", options->yes, "Do not ask");
  set_action(*command, app,
             [options, &app] { return run_module_reset(*options, app); });
}

}  // namespace tito
