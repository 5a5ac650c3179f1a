// `tito grade`: points for submissions, and for this workspace in CI.
#include <fmt/format.h>

#include "commands/grade_report.hpp"
#include "commands/gradebook_commands.hpp"

namespace tito {

void add_grade(CLI::App& parser, App& app) {
  CLI::App* group = parser.add_subcommand(
      "grade", "Grade submissions, keep the gradebook, export the grades");
  group->require_subcommand(0, 1);
  group->footer(
      "Examples:\n"
      "  tito grade run submissions/ --out grades.csv\n"
      "  tito grade run submissions/ --out grades.csv --json report.json "
      "--jobs 4\n"
      "  tito grade ci --junit report.xml\n"
      "  tito grade roster import roster.csv\n"
      "  tito grade collect download/ --from moodle --out submissions/\n"
      "  tito grade policy set --due 05=2026-03-01T23:59:00+01:00 --percent "
      "10\n"
      "  tito grade export --format canvas --out canvas.csv\n"
      "  tito grade feedback --out pages/\n"
      "  tito grade similarity submissions/");
  setup_grade_run(*group, app);
  setup_grade_shard(*group, app);
  setup_grade_ci(*group, app);
  setup_grade_doctor(*group, app);
  setup_grade_roster(*group, app);
  setup_grade_collect(*group, app);
  setup_grade_policy(*group, app);
  setup_grade_status(*group, app);
  setup_grade_show(*group, app);
  setup_grade_override(*group, app);
  setup_grade_extend(*group, app);
  setup_grade_excuse(*group, app);
  setup_grade_tokens(*group, app);
  setup_grade_regrade(*group, app);
  setup_grade_diff(*group, app);
  setup_grade_export(*group, app);
  setup_grade_similarity(*group, app);
  setup_grade_feedback(*group, app);
}

}  // namespace tito
