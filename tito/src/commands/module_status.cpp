// `tito module status`: the tasks of a module as the last test run saw them.
#include <fmt/format.h>

#include "commands/module_commands.hpp"
#include "commands/reporting.hpp"
#include "system/files.hpp"
#include "system/progress_store.hpp"
#include "system/session.hpp"
#include "ui/table.hpp"

using nlohmann::json;

namespace tito {
namespace {

std::string last_state(const Session& session, const std::string& task) {
  const auto found = session.results.find(task);
  return found == session.results.end() ? "not_run" : found->second;
}

Cell state_cell(const std::string& state) {
  if (state == "passed") return {"passed", Style::good};
  if (state == "failed") return {"failed", Style::bad};
  if (state == "not_written") return {"not written yet", Style::warn};
  if (state == "waiting") return {"waits for another", Style::dim};
  return {"not tested yet", Style::dim};
}

/// Empty if the module is not complete or its sources are as they were.
bool changed_since_completion(const Course& course,
                              const grader::Module& module,
                              const Progress& progress) {
  if (!progress.complete(module.number)) return false;
  return progress.modules.at(module.number).sources !=
         content_hash(course.workspace.sources(module));
}

json status_json(const Course& course, const grader::Module& module,
                 const Progress& progress, const Session& session) {
  json tasks = json::array();
  for (const grader::Task& task : module.tasks) {
    tasks.push_back({{"id", task.id},
                     {"title", task.title},
                     {"file", task.file},
                     {"points", task.points},
                     {"state", last_state(session, task.id)}});
  }
  json out = {{"module", module.number},
              {"name", module.name},
              {"started", progress.started(module.number)},
              {"complete", progress.complete(module.number)},
              {"changed_since_completion",
               changed_since_completion(course, module, progress)},
              {"tasks", tasks}};
  if (progress.complete(module.number)) {
    out["completed_at"] = progress.modules.at(module.number).completed_at;
    out["points"] = progress.modules.at(module.number).points;
  }
  return out;
}

std::string module_line(const Course& course, const grader::Module& module,
                        const Progress& progress, const Terminal& terminal) {
  if (changed_since_completion(course, module, progress)) {
    return terminal.paint(Style::warn, "complete, but changed since");
  }
  if (progress.complete(module.number)) {
    return terminal.paint(Style::good, "complete since ") +
           progress.modules.at(module.number).completed_at;
  }
  return progress.started(module.number) ? "started" : "not started";
}

void print_status(const Course& course, const grader::Module& module,
                  const Progress& progress, Terminal& terminal) {
  const Session session = load_session(course.workspace);
  terminal.print("{}  {}\n\n",
                 terminal.paint(Style::bold, "Module " + label(module)),
                 module_line(course, module, progress, terminal));
  Table table;
  double points = 0;
  for (const grader::Task& task : module.tasks) {
    const std::string state = last_state(session, task.id);
    if (state == "passed") points += task.points;
    table.add({{task.id, Style::dim},
               {task.title},
               state_cell(state),
               {task.file, Style::dim}});
  }
  terminal.write(table.render(terminal, 2));
  const double share = module.points() > 0 ? points / module.points() : 0;
  terminal.print("\n  {} {} of {} points in the public tests\n",
                 terminal.bar(share, 30), points, module.points());
  const bool again = changed_since_completion(course, module, progress);
  const char* next = "complete";
  if (!progress.started(module.number))
    next = "start";
  else if (first_unfinished(module, session))
    next = "test";
  if (progress.complete(module.number) && !again) return;
  terminal.print("\nNext: {}\n",
                 command_text(terminal, fmt::format("tito module {} {}", next,
                                                    module.number)));
}

int run_module_status(const std::string& word, App& app) {
  const Course course = open_course(app);
  const Progress progress =
      ProgressStore(course.workspace, *app.terminal).load();
  const grader::Module& module = module_or_current(course, progress, word);
  if (app.json) {
    print_json(app, status_json(course, module, progress,
                                load_session(course.workspace)));
  } else {
    print_status(course, module, progress, *app.terminal);
  }
  return kPassed;
}

}  // namespace

void setup_module_status(CLI::App& group, App& app) {
  auto word = std::make_shared<std::string>();
  CLI::App* command = group.add_subcommand(
      "status", "The tasks of a module as the last test run saw them");
  add_module_argument(*command, *word);
  add_json_flag(*command, app);
  set_action(*command, app,
             [word, &app] { return run_module_status(*word, app); });
}

}  // namespace tito
