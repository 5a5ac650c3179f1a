// `tito module list`: every module and where the student stands.
#include <fmt/format.h>

#include "commands/module_commands.hpp"
#include "commands/reporting.hpp"
#include "system/progress_store.hpp"
#include "ui/table.hpp"
#include "ui/text.hpp"

using nlohmann::json;

namespace tito {
namespace {

struct Standing {
  std::string word;
  Style style;
};

Standing standing(const Course& course, const grader::Module& module,
                  const Progress& progress) {
  if (progress.complete(module.number)) return {"complete", Style::good};
  if (progress.started(module.number)) return {"started", Style::accent};
  const bool open =
      missing_prerequisites(course.curriculum, module, progress).empty();
  return open ? Standing{"open", Style::plain} : Standing{"locked", Style::dim};
}

void print_list_json(App& app, const Course& course, const Progress& progress) {
  json modules = json::array();
  for (const grader::Module& module : course.curriculum.modules()) {
    modules.push_back({{"number", module.number},
                       {"name", module.name},
                       {"title", module.title},
                       {"tier", module.tier},
                       {"requires", module.requires_},
                       {"tasks", module.tasks.size()},
                       {"points", module.points()},
                       {"state", standing(course, module, progress).word}});
  }
  print_json(app, {{"modules", modules}});
}

int run_module_list(App& app) {
  const Course course = open_course(app);
  const Progress progress =
      ProgressStore(course.workspace, *app.terminal).load();
  if (app.json) {
    print_list_json(app, course, progress);
    return kPassed;
  }
  Table table({"", "Module", "State", "About"});
  int complete = 0;
  for (const grader::Module& module : course.curriculum.modules()) {
    const Standing state = standing(course, module, progress);
    complete += state.word == "complete";
    table.add({{module.number, Style::dim},
               {module.title, Style::bold},
               {state.word, state.style},
               {module.summary}});
  }
  Terminal& terminal = *app.terminal;
  terminal.write(table.render(terminal));
  terminal.print(
      "\n{} of {} complete.", complete,
      count(static_cast<int>(course.curriculum.modules().size()), "module"));
  if (const auto* next = current_module(course.curriculum, progress)) {
    const char* verb = progress.started(next->number) ? "test" : "start";
    terminal.print(" Next: {}",
                   command_text(terminal, fmt::format("tito module {} {}", verb,
                                                      next->number)));
  }
  terminal.write("\n");
  return kPassed;
}

}  // namespace

void setup_module_list(CLI::App& group, App& app) {
  CLI::App* command =
      group.add_subcommand("list", "All modules and where you stand");
  add_json_flag(*command, app);
  set_action(*command, app, [&app] { return run_module_list(app); });
}

}  // namespace tito
