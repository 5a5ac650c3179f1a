// `tito grade tokens`: late days that one student may spend.
#include <fmt/format.h>

#include <memory>

#include "commands/gradebook_commands.hpp"
#include "commands/reporting.hpp"
#include "system/error.hpp"
#include "ui/text.hpp"

namespace tito {
namespace {

struct TokenOptions {
  Decision decision;
  std::optional<int> days;
  bool clear = false;
};

int run_tokens(const TokenOptions& options, App& app) {
  if (options.clear == options.days.has_value()) {
    throw UsageError(
        "say which: --days N to decide, or --clear to go back to the policy's. "
        "See: tito grade tokens --help");
  }
  const int days = options.days.value_or(0);
  return decide(options.decision, grader::LedgerEntry::Kind::tokens, "",
                options.clear ? "" : std::to_string(days),
                options.clear
                    ? "as many late days as the policy says"
                    : fmt::format("{} in all", count(days, "late day")),
                app);
}

}  // namespace

void setup_grade_tokens(CLI::App& group, App& app) {
  const auto options = std::make_shared<TokenOptions>();
  CLI::App* command = group.add_subcommand(
      "tokens", "How many late days one student has, instead of the policy's");
  add_decision_options(*command, options->decision, nullptr);
  command->add_option("--days", options->days, "In all, spent ones included")
      ->type_name("N")
      ->check(CLI::Range(0, 1000));
  command->add_flag("--clear", options->clear, "As many as the policy says");
  add_json_flag(*command, app);
  set_gradebook_action(*command, app,
                       [options, &app] { return run_tokens(*options, app); });
}

}  // namespace tito
