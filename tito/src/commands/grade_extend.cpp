// `tito grade extend`: a later deadline for one student.
#include <fmt/format.h>

#include <memory>

#include "commands/grade_report.hpp"
#include "commands/gradebook_commands.hpp"
#include "commands/reporting.hpp"

namespace tito {
namespace {

struct ExtendOptions {
  Decision decision;
  std::string until;
};

int run_extend(const ExtendOptions& options, App& app) {
  const std::string until =
      grader::to_text(grader::parse_instant(options.until));
  const std::string module =
      module_numbers(course_curriculum(app), {options.decision.item}).at(0);
  return decide(options.decision, grader::LedgerEntry::Kind::extension, module,
                until, fmt::format("module {} is due {}", module, until), app);
}

}  // namespace

void setup_grade_extend(CLI::App& group, App& app) {
  const auto options = std::make_shared<ExtendOptions>();
  CLI::App* command = group.add_subcommand(
      "extend", "A later deadline for one student and module");
  add_decision_options(*command, options->decision, "MODULE");
  command
      ->add_option("--until", options->until,
                   "With offset: 2026-03-05T23:59:00+01:00")
      ->type_name("DATE")
      ->required();
  add_json_flag(*command, app);
  set_gradebook_action(*command, app,
                       [options, &app] { return run_extend(*options, app); });
}

}  // namespace tito
