// `tito release`: the course, made ready for those who get it.
#include "commands/release_commands.hpp"

namespace tito {

void add_release(CLI::App& parser, App& app) {
  CLI::App* group = parser.add_subcommand(
      "release", "Hand out the course: to students, instructors, graders");
  group->require_subcommand(0, 1);
  group->footer(
      "Examples:\n"
      "  tito release student --out ../course-2026\n"
      "  tito release instructor --out ../course-2026-staff\n"
      "  tito release gradescope --module 05 --out autograder-05.zip");
  setup_release_student(*group, app);
  setup_release_instructor(*group, app);
  setup_release_gradescope(*group, app);
}

}  // namespace tito
