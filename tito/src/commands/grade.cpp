// `tito grade`: points for submissions, and for this workspace in CI.
#include <fmt/format.h>

#include "commands/grade_report.hpp"

namespace tito {

void add_grade(CLI::App& parser, App& app) {
  CLI::App* group = parser.add_subcommand(
      "grade", "Grade submissions, or this workspace in CI");
  group->require_subcommand(0, 1);
  group->footer(
      "Examples:\n"
      "  tito grade run submissions/ --out grades.csv\n"
      "  tito grade run submissions/ --out grades.csv --json report.json "
      "--jobs 4\n"
      "  tito grade ci --junit report.xml");
  setup_grade_run(*group, app);
  setup_grade_ci(*group, app);
}

}  // namespace tito
