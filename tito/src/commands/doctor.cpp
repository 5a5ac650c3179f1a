// `tito doctor`: what is wrong with the machine, and what mends it.
#include <fmt/format.h>

#include "commands/module_commands.hpp"
#include "commands/reporting.hpp"
#include "system/diagnosis.hpp"
#include "ui/table.hpp"
#include "ui/text.hpp"

using nlohmann::json;

namespace tito {
namespace {

Check check_terminal(const Terminal& terminal) {
  return {"terminal", true,
          terminal.output_is_terminal()
              ? fmt::format("{} columns{}{}", terminal.width(),
                            terminal.colour() ? ", colour" : "",
                            terminal.unicode() ? ", UTF-8" : "")
              : "none: plain output",
          ""};
}

std::vector<Check> examine(const App& app) {
  std::vector<Check> checks = check_programs();
  for (const auto& more :
       {check_course(app.build_directory()), check_workspace(app.directory)}) {
    checks.insert(checks.end(), more.begin(), more.end());
  }
  checks.push_back(check_terminal(*app.terminal));
  return checks;
}

void print_checks(const std::vector<Check>& checks, Terminal& terminal) {
  Table table;
  for (const Check& check : checks) {
    table.add(
        {{check.name, Style::bold},
         {check.ok ? "ok" : "broken", check.ok ? Style::good : Style::bad},
         {check.ok ? check.detail : "see below", Style::dim}});
  }
  terminal.write(table.render(terminal));
  for (const Check& check : checks) {
    if (check.ok) continue;
    terminal.print("\n{}\n", terminal.paint(Style::bold, check.name));
    for (const auto& line :
         wrap(printable(check.detail), terminal.width() - 2)) {
      terminal.print("  {}\n", line);
    }
    terminal.print("  Mend it with: {}\n", command_text(terminal, check.mend));
  }
}

int run_doctor(App& app) {
  const std::vector<Check> checks = examine(app);
  const bool healthy = first_problem(checks).empty();
  if (app.json) {
    json list = json::array();
    for (const Check& check : checks) {
      list.push_back({{"name", check.name},
                      {"ok", check.ok},
                      {"detail", check.detail},
                      {"mend", check.mend}});
    }
    print_json(app, {{"healthy", healthy}, {"checks", list}});
  } else {
    print_checks(checks, *app.terminal);
    if (healthy) app.terminal->write("\nEverything works.\n");
  }
  return healthy ? kPassed : kEnvironment;
}

}  // namespace

void add_doctor(CLI::App& parser, App& app) {
  CLI::App* command = parser.add_subcommand(
      "doctor", "Check the machine, the course and your directory");
  add_json_flag(*command, app);
  set_action(*command, app, [&app] { return run_doctor(app); });
}

}  // namespace tito
