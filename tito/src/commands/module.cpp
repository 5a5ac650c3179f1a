// `tito module`: the student's loop.
#include <fmt/format.h>

#include "commands/module_commands.hpp"
#include "ui/terminal.hpp"
#include "ui/text.hpp"

namespace tito {

void add_module_argument(CLI::App& command, std::string& word) {
  command
      .add_option("module", word,
                  "1, 01, tensor or 01_tensor; the current one if left out")
      ->type_name("MODULE");
}

void set_action(CLI::App& command, App& app, std::function<int()> run) {
  command.callback([&app, run = std::move(run)] { app.action = run; });
}

std::string not_handed_in(const std::filesystem::path& file,
                          const grader::Module& module) {
  return fmt::format(
      "{} is not handed in: what counts is {}. Move what it holds there, into "
      "an unnamed namespace",
      printable(file.string()), join_words(module.sources));
}

void warn_of_other_files(const Course& course, const grader::Module& module,
                         Terminal& terminal) {
  for (const auto& file : course.workspace.other_files(module)) {
    terminal.warn("Mind: {}\n", not_handed_in(file, module));
  }
}

void add_module(CLI::App& parser, App& app) {
  CLI::App* group = parser.add_subcommand(
      "module", "Work on a module: start, test, complete, ...");
  group->require_subcommand(0, 1);
  group->footer(
      "Examples:\n"
      "  tito module start tensor     a module's number or its name\n"
      "  tito module test 01 --task 01.6\n"
      "  tito module hint 01.6");
  setup_module_list(*group, app);
  setup_module_start(*group, app);
  setup_module_test(*group, app);
  setup_module_complete(*group, app);
  setup_module_status(*group, app);
  setup_module_hint(*group, app);
  setup_module_reset(*group, app);
  setup_module_view(*group, app);
}

}  // namespace tito
