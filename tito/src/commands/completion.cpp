// `tito completion`: scripts for the shells, from the parser's own tree.
#include <fmt/format.h>

#include <algorithm>

#include "commands/dataset_commands.hpp"
#include "commands/module_commands.hpp"
#include "commands/reporting.hpp"
#include "ui/completion_script.hpp"

namespace tito {
namespace {

/// The names of modules, milestones and data sets, where a course is there to
/// ask.
CompletionWords words_of_course(const App& app) {
  CompletionWords words = {{"SHELL", {"bash", "zsh", "fish"}}};
  try {
    const auto toolchain = grader::Toolchain::load(app.build_directory());
    const auto curriculum = grader::Curriculum::load(toolchain.curriculum());
    for (const auto& module : curriculum.modules()) {
      words["MODULE"].push_back(module.number);
      words["MODULE"].push_back(module.name);
      for (const auto& task : module.tasks) words["TASK"].push_back(task.id);
    }
    for (const auto& milestone : curriculum.milestones()) {
      words["MILESTONE"].push_back(milestone.name);
    }
    for (const auto& dataset : open_datasets(app)) {
      words["DATASET"].push_back(dataset.name);
    }
  } catch (const std::runtime_error&) {
    // Commands and options complete without a course too.
  }
  return words;
}

int run_completion(const CLI::App& parser, const std::string& shell, App& app) {
  app.terminal->write(
      completion_script(shell, describe(parser, words_of_course(app))));
  return kPassed;
}

}  // namespace

void add_completion(CLI::App& parser, App& app) {
  auto shell = std::make_shared<std::string>();
  CLI::App* command = parser.add_subcommand(
      "completion", "Print a completion script for your shell");
  command->add_option("shell", *shell, "bash, zsh or fish")
      ->type_name("SHELL")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->footer(
      "Examples:\n"
      "  tito completion bash > "
      "~/.local/share/bash-completion/completions/tito\n"
      "  tito completion zsh > ~/.zfunc/_tito    (with ~/.zfunc in fpath)\n"
      "  tito completion fish > ~/.config/fish/completions/tito.fish");
  set_action(*command, app, [&parser, shell, &app] {
    return run_completion(parser, *shell, app);
  });
}

}  // namespace tito
