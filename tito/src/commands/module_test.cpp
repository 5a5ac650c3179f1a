// `tito module test`: the public tests, and the first thing to mend.
#include <fmt/format.h>

#include "commands/module_commands.hpp"
#include "commands/reporting.hpp"
#include "system/error.hpp"
#include "system/progress_store.hpp"
#include "ui/failure.hpp"
#include "ui/suggest.hpp"

namespace tito {
namespace {

struct TestOptions {
  std::string module;
  std::string task;
};

/// The task decides the module if the module was left out.
const grader::Module& chosen_module(const Course& course,
                                    const TestOptions& options, App& app) {
  if (options.module.empty() && !options.task.empty()) {
    if (const auto* module = course.curriculum.module_of_task(options.task)) {
      return *module;
    }
  }
  const Progress progress =
      ProgressStore(course.workspace, *app.terminal).load();
  return module_or_current(course, progress, options.module);
}

void require_task(const grader::Module& module, const std::string& task) {
  if (task.empty() || module.task(task)) return;
  std::vector<std::string> ids;
  for (const grader::Task& known : module.tasks) ids.push_back(known.id);
  throw UsageError(fmt::format(
      "module {} has no task '{}'.{} See them all: tito module status {}",
      label(module), task, did_you_mean(task, ids), module.number));
}

void print_next(const ModuleReport& report, const TestOptions& options,
                Terminal& terminal) {
  const std::string number = report.module->number;
  const std::string next = options.task.empty()
                               ? "tito module complete " + number
                               : "tito module test " + number;
  terminal.print("\n{} Next: {}\n",
                 terminal.paint(Style::good, "All public tests pass."),
                 command_text(terminal, next));
}

int run_module_test(const TestOptions& options, App& app) {
  Course course = open_course(app);
  const grader::Module& module = chosen_module(course, options, app);
  require_task(module, options.task);
  ModuleRunOptions run;
  if (!options.task.empty()) run.tasks = {options.task};
  const ModuleReport report = run_module(course, module, run, *app.terminal);
  remember_results(report, course.workspace);
  const int code = report.passed() ? kPassed : kNotPassed;
  if (app.json) {
    print_json(app, report_json(report, course));
    return code;
  }
  Terminal& terminal = *app.terminal;
  terminal.print("{}\n",
                 terminal.paint(Style::bold, "Module " + label(module)));
  print_tasks(report, terminal);
  print_first_problem(report, course, terminal);
  warn_of_other_files(course, module, terminal);
  if (report.passed()) print_next(report, options, terminal);
  return code;
}

}  // namespace

void setup_module_test(CLI::App& group, App& app) {
  auto options = std::make_shared<TestOptions>();
  CLI::App* command =
      group.add_subcommand("test", "Run the public tests of a module");
  add_module_argument(*command, options->module);
  command->add_option("--task", options->task, "Only this task, such as 01.6")
      ->type_name("TASK");
  add_json_flag(*command, app);
  command->footer(
      "Examples:\n  tito module test\n  tito module test 01 --task 01.6");
  set_action(*command, app,
             [options, &app] { return run_module_test(*options, app); });
}

}  // namespace tito
