// `tito module view`: the lesson.
#include <fmt/format.h>

#include "commands/module_commands.hpp"
#include "commands/reporting.hpp"
#include "system/error.hpp"
#include "system/files.hpp"
#include "system/progress_store.hpp"
#include "ui/markdown.hpp"
#include "ui/pager.hpp"

namespace tito {
namespace {

int run_module_view(const std::string& word, App& app) {
  const Course course = open_course(app);
  const Progress progress =
      ProgressStore(course.workspace, *app.terminal).load();
  const grader::Module& module = module_or_current(course, progress, word);
  const auto lesson = course.document(module, "README.md");
  if (!std::filesystem::exists(lesson)) {
    throw EnvironmentError(
        fmt::format("the lesson '{}' is missing. Get the course's files again: "
                    "git checkout -- modules",
                    lesson.string()));
  }
  show_paged(render_markdown(read_text(lesson), *app.terminal), *app.terminal);
  return kPassed;
}

}  // namespace

void setup_module_view(CLI::App& group, App& app) {
  auto word = std::make_shared<std::string>();
  CLI::App* command = group.add_subcommand("view", "Read a module's lesson");
  add_module_argument(*command, *word);
  set_action(*command, app,
             [word, &app] { return run_module_view(*word, app); });
}

}  // namespace tito
