// `tito milestone`: history, recreated with the student's own library.
#include "commands/milestone_commands.hpp"

namespace tito {

void add_milestone(CLI::App& parser, App& app) {
  CLI::App* group = parser.add_subcommand(
      "milestone", "Recreate the history of the field with your library");
  group->require_subcommand(0, 1);
  group->footer(
      "Examples:\n"
      "  tito milestone list\n"
      "  tito milestone run perceptron\n"
      "  tito milestone run 01 --part 1 --seed 7");
  setup_milestone_list(*group, app);
  setup_milestone_status(*group, app);
  setup_milestone_run(*group, app);
}

}  // namespace tito
