// `tito module hint`: help in small portions.
#include <fmt/format.h>

#include <algorithm>

#include "commands/module_commands.hpp"
#include "commands/reporting.hpp"
#include "system/error.hpp"
#include "system/files.hpp"
#include "system/progress_store.hpp"
#include "system/session.hpp"
#include "ui/markdown.hpp"
#include "ui/suggest.hpp"
#include "ui/text.hpp"

namespace tito {
namespace {

struct HintOptions {
  std::string task;
  bool all = false;
  bool reset = false;
};

std::vector<std::string> hints_of(const Course& course,
                                  const grader::Task& task) {
  const grader::Module* module = course.curriculum.module_of_task(task.id);
  const auto file = course.document(*module, "hints.md");
  const std::string lesson = "tito module view " + module->number;
  if (!std::filesystem::exists(file)) {
    throw EnvironmentError(
        fmt::format("'{}' is missing, so there are no hints. Read the lesson: "
                    "{}",
                    file.string(), lesson));
  }
  auto hints = parse_hints(read_text(file));
  if (hints[task.id].empty()) {
    throw EnvironmentError(
        fmt::format("'{}' has no hint for task {}. Read the lesson: {}",
                    file.string(), task.id, lesson));
  }
  return hints[task.id];
}

void print_hint(const grader::Task& task, const std::vector<std::string>& hints,
                std::size_t i, Terminal& terminal) {
  terminal.print(
      "{}\n\n{}",
      terminal.paint(Style::bold, fmt::format("{} {}, hint {} of {}", task.id,
                                              task.title, i + 1, hints.size())),
      render_markdown(hints[i], terminal));
}

/// The task that the word names: a task's id, or a module's first unfinished.
const grader::Task& find_task(const Course& course, const std::string& word,
                              Terminal& terminal) {
  if (const auto* module = course.curriculum.module_of_task(word)) {
    return *module->task(word);
  }
  if (word.find('.') != std::string::npos) {
    std::vector<std::string> ids;
    for (const auto& module : course.curriculum.modules()) {
      for (const auto& task : module.tasks) ids.push_back(task.id);
    }
    throw UsageError(
        fmt::format("there is no task '{}'.{} See a module's tasks: tito "
                    "module status",
                    printable(word), did_you_mean(word, ids)));
  }
  const Progress progress = ProgressStore(course.workspace, terminal).load();
  const grader::Module& module = module_or_current(course, progress, word);
  const Session session = load_session(course.workspace);
  if (const auto* task = first_unfinished(module, session)) return *task;
  throw UsageError(fmt::format(
      "every task of module {} passes, so name the one you mean: tito module "
      "hint {}",
      label(module), module.tasks.front().id));
}

int run_module_hint(const HintOptions& options, App& app) {
  const Course course = open_course(app);
  const grader::Task& task = find_task(course, options.task, *app.terminal);
  if (options.reset) {
    update_session(course.workspace,
                   [&](Session& session) { session.hints.erase(task.id); });
    app.terminal->print("The next hint for {} is the first again.\n", task.id);
    return kPassed;
  }
  if (!options.all) {
    show_next_hint(course, task, app);
    return kPassed;
  }
  const auto hints = hints_of(course, task);
  for (std::size_t i = 0; i < hints.size(); ++i) {
    if (i > 0) app.terminal->write("\n");
    print_hint(task, hints, i, *app.terminal);
  }
  return kPassed;
}

}  // namespace

void show_next_hint(const Course& course, const grader::Task& task, App& app) {
  const auto hints = hints_of(course, task);
  const auto shown = load_session(course.workspace).hints;
  const auto found = shown.find(task.id);
  const std::size_t next = found == shown.end() ? 0 : found->second;
  const std::size_t i = std::min(next, hints.size() - 1);
  print_hint(task, hints, i, *app.terminal);
  if (next + 1 < hints.size()) {
    app.terminal->print(
        "\nStill stuck? {}\n",
        command_text(*app.terminal, "tito module hint " + task.id));
  } else {
    app.terminal->print("\nThat was the last one. From the first again: {}\n",
                        command_text(*app.terminal, "tito module hint " +
                                                        task.id + " --reset"));
  }
  update_session(course.workspace, [&](Session& session) {
    session.hints[task.id] = static_cast<int>(i + 1);
  });
}

void setup_module_hint(CLI::App& group, App& app) {
  auto options = std::make_shared<HintOptions>();
  CLI::App* command = group.add_subcommand("hint", "The next hint for a task");
  command
      ->add_option("task", options->task,
                   "01.6, or a module; the first unfinished task if left out")
      ->type_name("TASK");
  command->add_flag("--all", options->all, "Every hint at once");
  command->add_flag("--reset", options->reset, "Begin with the first again");
  command->footer("Examples:\n  tito module hint\n  tito module hint 01.6");
  set_action(*command, app,
             [options, &app] { return run_module_hint(*options, app); });
}

}  // namespace tito
