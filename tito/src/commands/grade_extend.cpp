// `tito grade extend`: a later deadline for one student.
#include <fmt/format.h>

#include <memory>
#include <optional>

#include "commands/grade_report.hpp"
#include "commands/gradebook_commands.hpp"
#include "commands/reporting.hpp"
#include "grader/gradebook/policy.hpp"
#include "system/error.hpp"
#include "ui/terminal.hpp"

namespace tito {
namespace {

struct ExtendOptions {
  Decision decision;
  std::string until;
  bool clear = false;
};

/// The module's deadline for everyone, if it has one yet.
std::optional<grader::Instant> due_for_everyone(const Decision& decision,
                                                const std::string& module,
                                                const App& app) {
  const grader::Gradebook book(gradebook_path(decision.gradebook, app),
                               grader::Gradebook::Mode::existing);
  const grader::Policy policy = current_policy(book.ledger());
  const auto due = policy.due.find(module);
  if (due == policy.due.end()) return std::nullopt;
  return due->second;
}

/// The earlier of two deadlines never holds: such an extension would look
/// granted and change nothing.
void check_later(const Decision& decision, const std::string& module,
                 grader::Instant due, grader::Instant until) {
  if (until > due) return;
  throw UsageError(fmt::format(
      "module {} is due {} for everyone; an extension until {} is not later "
      "and would change nothing. Name a later date with --until, or withdraw "
      "an extension: tito grade extend {} {} --clear --why TEXT",
      module, grader::to_text(due), grader::to_text(until),
      one_line(decision.student), module));
}

void warn_of_no_due_date(const std::string& module, Terminal& terminal) {
  terminal.warn(
      "module {} has no due date yet, so nothing is late and the extension "
      "changes nothing. Set one: tito grade policy set --due {}=DATE\n",
      module, module);
}

int run_extend(const ExtendOptions& options, App& app) {
  if (options.clear != options.until.empty()) {
    throw UsageError(
        "say which: --until DATE to extend, or --clear to withdraw the "
        "extension. See: tito grade extend --help");
  }
  const Decision& decision = options.decision;
  const auto kind = grader::LedgerEntry::Kind::extension;
  const std::string module =
      module_numbers(course_curriculum(app), {decision.item}).at(0);
  if (options.clear) {
    const std::string text =
        fmt::format("module {} is due as for everyone again", module);
    return decide(decision, kind, module, "", text, app);
  }
  const grader::Instant until = grader::parse_instant(options.until);
  const auto due = due_for_everyone(decision, module, app);
  if (due) check_later(decision, module, *due, until);
  const std::string date = grader::to_text(until);
  const int code =
      decide(decision, kind, module, date,
             fmt::format("module {} is extended to {}", module, date), app);
  if (!due) warn_of_no_due_date(module, *app.terminal);
  return code;
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
      ->type_name("DATE");
  command->add_flag("--clear", options->clear,
                    "The deadline for everyone holds again");
  add_json_flag(*command, app);
  set_gradebook_action(*command, app,
                       [options, &app] { return run_extend(*options, app); });
}

}  // namespace tito
