// `tito module start`: everything ready to begin.
#include <fmt/format.h>

#include "commands/module_commands.hpp"
#include "commands/reporting.hpp"
#include "system/files.hpp"
#include "system/progress_store.hpp"
#include "system/stubs.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

void provide_stubs(const Course& course, const grader::Module& module,
                   Terminal& terminal) {
  int added = 0;
  const fs::path folder = course.workspace.modules() / module.folder() / "src";
  make_directories(folder);
  for (const std::string& name : module.sources) {
    if (fs::exists(folder / name)) continue;
    write_atomically(folder / name, pristine_stub(course, module, name));
    ++added;
  }
  keep_stubs(course, module);
  if (added == 0) return;
  terminal.print("Added {} to work on.\n\n", count(added, "stub file"));
}

void print_introduction(const Course& course, const grader::Module& module,
                        Terminal& terminal) {
  const fs::path base = course.workspace.root;
  terminal.print("{}\n{}\n\n",
                 terminal.paint(Style::bold, "Module " + label(module)),
                 terminal.paint(Style::dim, module.summary));
  terminal.print("  Lesson   {}\n",
                 short_path(course.document(module, "README.md"), base));
  std::string head = "  Edit     ";
  for (const fs::path& file : course.workspace.sources(module)) {
    terminal.print("{}{}\n", head, short_path(file, base));
    head = "           ";
  }
  const grader::Task& first = module.tasks.front();
  terminal.print("  Tasks    {}, {} points; the first is {} {} in {}\n",
                 module.tasks.size(), module.points(), first.id, first.title,
                 first.file);
  terminal.print("\nRead:  {}\nThen:  {}\n",
                 command_text(terminal, "tito module view " + module.number),
                 command_text(terminal, "tito module test " + module.number));
}

int run_module_start(const std::string& word, App& app) {
  Course course = open_course(app);
  ProgressStore store(course.workspace, *app.terminal);
  const Progress progress = store.load();
  const grader::Module& module = module_or_current(course, progress, word);
  require_prerequisites(course.curriculum, module, progress);
  course.workspace.prepare();
  provide_stubs(course, module, *app.terminal);
  warm_up(course, module, *app.terminal);
  store.update([&](Progress& now) {
    ModuleProgress& entry = now.modules[module.number];
    if (entry.started_at.empty()) entry.started_at = timestamp();
  });
  if (progress.complete(module.number)) {
    app.terminal->print("Module {} is already complete; your files stay.\n\n",
                        label(module));
  }
  print_introduction(course, module, *app.terminal);
  return kPassed;
}

}  // namespace

void setup_module_start(CLI::App& group, App& app) {
  auto word = std::make_shared<std::string>();
  CLI::App* command = group.add_subcommand(
      "start", "Begin a module: lesson, files to edit, first task");
  add_module_argument(*command, *word);
  command->footer("Example:\n  tito module start 01");
  set_action(*command, app,
             [word, &app] { return run_module_start(*word, app); });
}

}  // namespace tito
