// `tito grade tokens`: late days that one student may spend.
#include <fmt/format.h>

#include <memory>

#include "commands/gradebook_commands.hpp"
#include "commands/reporting.hpp"
#include "ui/text.hpp"

namespace tito {
namespace {

struct TokenOptions {
  Decision decision;
  int days = 0;
};

int run_tokens(const TokenOptions& options, App& app) {
  return decide(options.decision, grader::LedgerEntry::Kind::tokens, "",
                std::to_string(options.days),
                fmt::format("{} in all", count(options.days, "late day")), app);
}

}  // namespace

void setup_grade_tokens(CLI::App& group, App& app) {
  const auto options = std::make_shared<TokenOptions>();
  CLI::App* command = group.add_subcommand(
      "tokens", "How many late days one student has, instead of the policy's");
  add_decision_options(*command, options->decision, nullptr);
  command->add_option("--days", options->days, "In all, spent ones included")
      ->type_name("N")
      ->check(CLI::Range(0, 1000))
      ->required();
  add_json_flag(*command, app);
  set_gradebook_action(*command, app,
                       [options, &app] { return run_tokens(*options, app); });
}

}  // namespace tito
