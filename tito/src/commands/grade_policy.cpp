// `tito grade policy`: deadlines, and what late work costs.
#include <fmt/format.h>

#include <map>
#include <memory>

#include "commands/grade_report.hpp"
#include "commands/gradebook_commands.hpp"
#include "commands/reporting.hpp"
#include "grader/gradebook/policy.hpp"
#include "grader/report.hpp"
#include "system/error.hpp"
#include "ui/table.hpp"
#include "ui/text.hpp"

using nlohmann::json;

namespace tito {
namespace {

struct PolicyOptions {
  std::string gradebook, who, why = "policy set";
  std::vector<std::string> due, titles;
  std::optional<int> grace, tokens, drop_lowest;
  std::optional<double> percent, most;
  std::string late;
};

using Assignments = std::map<std::string, std::string>;

/// "05=text" as the module's number and the text.
Assignments::value_type assignment(const std::string& word,
                                   const grader::Curriculum& curriculum) {
  const std::size_t sign = word.find('=');
  if (sign == std::string::npos) {
    throw UsageError(fmt::format(
        "'{}' should be MODULE=VALUE, as in 05=2026-03-01T23:59:00Z. See: tito "
        "grade policy set --help",
        printable(word)));
  }
  return {module_numbers(curriculum, {word.substr(0, sign)}).at(0),
          word.substr(sign + 1)};
}

/// Of two values for one module neither is surely meant.
Assignments assignments(const char* option,
                        const std::vector<std::string>& words,
                        const grader::Curriculum& curriculum) {
  Assignments values;
  for (const std::string& word : words) {
    const auto [found, added] = values.insert(assignment(word, curriculum));
    if (added) continue;
    throw UsageError(
        fmt::format("{} names module {} twice, the second time with '{}'. Keep "
                    "one: tito grade policy set {} MODULE=VALUE",
                    option, found->first, printable(word), option));
  }
  return values;
}

/// A title becomes a column's or a problem's name.
void check_title(const std::string& title) {
  if (one_line(title) == title) return;
  throw UsageError(fmt::format(
      "'{}' is no title: one line of text without control characters. See: "
      "tito grade policy set --help",
      one_line(title)));
}

template <class Value>
void replace(const std::optional<Value>& given, Value& value) {
  if (given) value = *given;
}

grader::Policy changed(const PolicyOptions& options, grader::Policy policy,
                       const grader::Curriculum& curriculum) {
  using Late = grader::Policy::Late;
  for (const auto& [module, date] :
       assignments("--due", options.due, curriculum)) {
    if (date == "none") {
      policy.due.erase(module);
    } else {
      policy.due[module] = grader::parse_instant(date);
    }
  }
  for (const auto& [module, title] :
       assignments("--title", options.titles, curriculum)) {
    check_title(title);
    policy.titles[module] = title;
    if (title.empty()) policy.titles.erase(module);
  }
  if (options.grace) policy.grace = std::chrono::minutes(*options.grace);
  if (!options.late.empty()) {
    policy.late = options.late == "cutoff" ? Late::cutoff : Late::percent;
  }
  replace(options.percent, policy.percent_per_day);
  replace(options.most, policy.most_percent);
  replace(options.tokens, policy.tokens);
  replace(options.drop_lowest, policy.drop_lowest);
  grader::check_policy(policy);
  return policy;
}

std::string late_text(const grader::Policy& policy) {
  if (policy.late == grader::Policy::Late::cutoff) {
    return "late work earns nothing";
  }
  if (policy.percent_per_day == 0) return "late work costs nothing";
  return fmt::format("each day begun costs {}%, at most {}%",
                     grader::format_points(policy.percent_per_day),
                     grader::format_points(policy.most_percent));
}

void print_policy(const grader::Policy& policy,
                  const grader::Curriculum& curriculum, Terminal& terminal) {
  Table table({"Module", "Due", "Title in a learning platform"});
  for (const grader::Module& module : curriculum.modules()) {
    const auto due = policy.due.find(module.number);
    const auto title = policy.titles.find(module.number);
    table.add({{module.folder(), Style::bold},
               {due == policy.due.end() ? "-" : grader::to_text(due->second)},
               {title == policy.titles.end() ? "-" : one_line(title->second)}});
  }
  terminal.write(table.render(terminal));
  terminal.print("\n{}; grace: {}\n{} for each student\n", late_text(policy),
                 count(static_cast<int>(policy.grace.count()), "minute"),
                 count(policy.tokens, "late day"));
  if (policy.drop_lowest > 0) {
    terminal.print("the lowest {} of each student not counted\n",
                   count(policy.drop_lowest, "module"));
  }
}

void report(const grader::Policy& policy, App& app) {
  if (app.json) {
    print_json(app, json::parse(grader::to_json_text(policy)));
  } else {
    print_policy(policy, course_curriculum(app), *app.terminal);
  }
}

int run_policy_show(const PolicyOptions& options, App& app) {
  const grader::Gradebook book(gradebook_path(options.gradebook, app),
                               grader::Gradebook::Mode::existing);
  report(current_policy(book.ledger()), app);
  return kPassed;
}

int run_policy_set(const PolicyOptions& options, App& app) {
  const auto curriculum = course_curriculum(app);
  changed(options, {}, curriculum);  // before a gradebook is made
  const auto book = open_or_make(options.gradebook, app);
  grader::Policy policy;
  book->append([&](const auto& ledger) -> std::optional<grader::LedgerEntry> {
    const grader::Policy before = current_policy(ledger);
    policy = changed(options, before, curriculum);
    if (policy == before) return std::nullopt;
    auto entry =
        new_entry(grader::LedgerEntry::Kind::policy, options.who, options.why);
    entry.value = grader::to_json_text(policy);
    return entry;
  });
  report(policy, app);
  return kPassed;
}

void add_policy_options(CLI::App& command, PolicyOptions& options) {
  command
      .add_option("--due", options.due,
                  "05=2026-03-01T23:59:00+01:00, or 05=none; repeatable")
      ->type_name("MODULE=DATE");
  command
      .add_option("--title", options.titles,
                  "Its name in a learning platform: 05=\"Autograd (1234)\"")
      ->type_name("MODULE=TEXT");
  command.add_option("--grace", options.grace, "Moves every deadline")
      ->type_name("MINUTES");
  command.add_option("--late", options.late, "What late work means")
      ->check(CLI::IsMember({"percent", "cutoff"}));
  command
      .add_option("--percent", options.percent,
                  "Of the earned points, for each day begun")
      ->type_name("P");
  command.add_option("--most", options.most, "More is never taken")
      ->type_name("P");
  command.add_option("--tokens", options.tokens, "Late days for each student")
      ->type_name("N");
  command
      .add_option("--drop-lowest", options.drop_lowest,
                  "Modules that do not count")
      ->type_name("N");
  command.add_option("--why", options.why, "The reason, for the ledger")
      ->type_name("TEXT");
  command.add_option("--who", options.who, "Who decides; default: you")
      ->type_name("NAME");
}

}  // namespace

void setup_grade_policy(CLI::App& group, App& app) {
  CLI::App* policy =
      group.add_subcommand("policy", "Deadlines, and what late work costs");
  policy->require_subcommand(0, 1);
  const auto options = std::make_shared<PolicyOptions>();
  CLI::App* show = policy->add_subcommand("show", "What holds now");
  CLI::App* set = policy->add_subcommand(
      "set", "Change some of it; exports change, nothing is graded again");
  add_policy_options(*set, *options);
  for (CLI::App* command : {show, set}) {
    add_gradebook_option(*command, options->gradebook);
    add_json_flag(*command, app);
  }
  set_gradebook_action(
      *show, app, [options, &app] { return run_policy_show(*options, app); });
  set_gradebook_action(
      *set, app, [options, &app] { return run_policy_set(*options, app); });
}

}  // namespace tito
