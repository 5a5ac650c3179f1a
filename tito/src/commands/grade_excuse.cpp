// `tito grade excuse`: a module that does not count for one student.
#include <fmt/format.h>

#include <memory>

#include "commands/grade_report.hpp"
#include "commands/gradebook_commands.hpp"
#include "commands/reporting.hpp"

namespace tito {
namespace {

struct ExcuseOptions {
  Decision decision;
  bool clear = false;
};

int run_excuse(const ExcuseOptions& options, App& app) {
  const std::string module =
      module_numbers(course_curriculum(app), {options.decision.item}).at(0);
  return decide(options.decision, grader::LedgerEntry::Kind::excuse, module,
                options.clear ? "" : "yes",
                options.clear ? fmt::format("module {} counts again", module)
                              : fmt::format("excused from module {}", module),
                app);
}

}  // namespace

void setup_grade_excuse(CLI::App& group, App& app) {
  const auto options = std::make_shared<ExcuseOptions>();
  CLI::App* command = group.add_subcommand(
      "excuse", "Take a module out of one student's total");
  add_decision_options(*command, options->decision, "MODULE");
  command->add_flag("--clear", options->clear, "It counts again");
  add_json_flag(*command, app);
  set_gradebook_action(*command, app,
                       [options, &app] { return run_excuse(*options, app); });
}

}  // namespace tito
