// `tito watch`: test again whenever a file is saved.
#include <fmt/format.h>

#include <optional>

#include "commands/module_commands.hpp"
#include "commands/reporting.hpp"
#include "system/error.hpp"
#include "system/progress_store.hpp"
#include "system/session.hpp"
#include "system/watcher.hpp"
#include "ui/failure.hpp"
#include "ui/keyboard.hpp"

namespace tito {
namespace {

constexpr const char* kClearScreen = "\x1b[2J\x1b[H";
constexpr auto kPollInterval = std::chrono::milliseconds(300);

struct WatchOptions {
  std::string module;
  bool once = false;
};

class Watch {
 public:
  Watch(App& app, Course course, const std::string& number)
      : app_(app), course_(std::move(course)) {
    turn_to(*course_.curriculum.module(number));
  }

  int run_until_quit();
  bool run_tests();

 private:
  void run_tests_again();
  /// False to quit.
  bool handle_key(int key);
  void turn_to(const grader::Module& module);
  void turn_to_next();
  void show_hint();
  void print_keys();

  App& app_;
  Course course_;
  const grader::Module* module_ = nullptr;
  std::optional<FileWatcher> files_;
  std::string task_;  ///< that the student works on; empty: all pass
};

void Watch::turn_to(const grader::Module& module) {
  module_ = &module;
  files_.emplace(course_.workspace.sources(module));
}

bool Watch::run_tests() {
  Terminal& terminal = *app_.terminal;
  if (terminal.output_is_terminal()) terminal.write("\n");
  const ModuleReport report = run_module(course_, *module_, {}, terminal);
  remember_results(report, course_.workspace);
  if (terminal.output_is_terminal()) terminal.write(kClearScreen);
  terminal.print("{}\n",
                 terminal.paint(Style::bold, "Module " + label(*module_)));
  print_tasks(report, terminal);
  print_first_problem(report, course_, terminal);
  const TaskReport* unpassed = report.first_unpassed();
  task_ = unpassed ? unpassed->task->id : "";
  if (report.passed()) {
    terminal.print(
        "\nAll public tests pass. Next: {}\n",
        command_text(terminal, "tito module complete " + module_->number));
  }
  return report.passed();
}

/// A file that is gone for a moment, or another tito at work, ends no watch.
void Watch::run_tests_again() {
  try {
    run_tests();
  } catch (const CommandError& error) {
    app_.terminal->print("tito: {}\n", error.what());
  }
  print_keys();
}

void Watch::print_keys() {
  const std::string task = task_.empty() ? "" : "task " + task_ + "   ";
  app_.terminal->print(
      "\n{}{}", task,
      app_.terminal->paint(Style::dim,
                           "h hint  n next  l list  r run again  q quit "));
}

void Watch::show_hint() {
  const grader::Task* task = module_->task(task_);
  if (!task) {
    app_.terminal->write("\nEvery task passes; no hint is needed.\n");
    return;
  }
  app_.terminal->write("\n");
  show_next_hint(course_, *task, app_);
}

/// The next unfinished task; after the last of them the next module.
void Watch::turn_to_next() {
  const Session session = load_session(course_.workspace);
  bool after = task_.empty();
  for (const grader::Task& task : module_->tasks) {
    const auto found = session.results.find(task.id);
    const bool passed =
        found != session.results.end() && found->second == "passed";
    if (after && !passed && !task_.empty()) {
      task_ = task.id;
      app_.terminal->print("\nNow at task {} {} in {}\n", task.id, task.title,
                           task.file);
      return;
    }
    after = after || task.id == task_;
  }
  const auto& modules = course_.curriculum.modules();
  const std::size_t next =
      static_cast<std::size_t>(module_ - modules.data()) + 1;
  const Progress progress =
      ProgressStore(course_.workspace, *app_.terminal).load();
  if (next >= modules.size() || !progress.started(modules[next].number)) {
    app_.terminal->write(
        "\nNo other unfinished task here. Complete this module, start the "
        "next.\n");
    return;
  }
  turn_to(modules[next]);
  run_tests_again();
}

bool Watch::handle_key(int key) {
  switch (key) {
    case 'q':
    case Keyboard::kClosed:
    case 4:
      return false;  // Ctrl-D
    case 'r':
      run_tests_again();
      return true;
    case 'h':
      show_hint();
      break;
    case 'n':
      turn_to_next();
      break;
    case 'l':
      app_.terminal->write("\n");
      for (const grader::Module& module : course_.curriculum.modules()) {
        app_.terminal->print("  {} {}\n", &module == module_ ? '>' : ' ',
                             label(module));
      }
      break;
    default:
      return true;
  }
  print_keys();
  return true;
}

int Watch::run_until_quit() {
  Keyboard keyboard;
  run_tests_again();
  while (handle_key(keyboard.read_key(kPollInterval))) {
    if (files_->changed()) run_tests_again();
  }
  app_.terminal->write("\n");
  return kPassed;
}

int run_watch(const WatchOptions& options, App& app) {
  Course course = open_course(app);
  const Progress progress =
      ProgressStore(course.workspace, *app.terminal).load();
  const std::string number =
      module_or_current(course, progress, options.module).number;
  if (!options.once && !app.terminal->interactive()) {
    throw UsageError(
        "watch needs a terminal. To test once, in a script: tito watch --once");
  }
  Watch watch(app, std::move(course), number);
  if (!options.once) return watch.run_until_quit();
  return watch.run_tests() ? kPassed : kNotPassed;
}

}  // namespace

void add_watch(CLI::App& parser, App& app) {
  auto options = std::make_shared<WatchOptions>();
  CLI::App* command =
      parser.add_subcommand("watch", "Test again whenever a file is saved");
  add_module_argument(*command, options->module);
  command->add_flag("--once", options->once, "Test once and end");
  command->footer(
      "Keys: h hint, n next task, l list, r run again, q quit\n"
      "Example:\n  tito watch 01");
  set_action(*command, app,
             [options, &app] { return run_watch(*options, app); });
}

}  // namespace tito
