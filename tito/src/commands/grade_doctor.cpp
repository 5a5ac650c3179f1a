// `tito grade doctor`: can this machine grade code that nobody has read?
#include <fmt/format.h>

#include "commands/grade_report.hpp"
#include "commands/module_commands.hpp"
#include "commands/reporting.hpp"
#include "grader/sandbox.hpp"
#include "system/exit_code.hpp"

namespace tito {
namespace {

int diagnose(App& app) {
  const auto toolchain = grader::Toolchain::load(app.build_directory());
  toolchain.build_jail();
  bool all = true;
  nlohmann::json list = nlohmann::json::array();
  for (const auto& check :
       grader::check_isolation(toolchain.jail, toolchain.compiler)) {
    all = all && check.holds;
    list.push_back({{"check", check.what},
                    {"holds", check.holds},
                    {"detail", check.detail}});
    if (app.json) continue;
    app.terminal->print("{}  {}\n", check.holds ? "ok    " : "FAILED",
                        check.what);
    if (!check.holds) app.terminal->print("        {}\n", check.detail);
  }
  if (app.json) {
    print_json(app, list);
  } else if (all) {
    app.terminal->print(
        "\nThis machine isolates submissions. Next: tito grade run DIRECTORY "
        "--out grades.csv\n");
  }
  return all ? kPassed : kEnvironment;
}

}  // namespace

void setup_grade_doctor(CLI::App& group, App& app) {
  CLI::App* command = group.add_subcommand(
      "doctor", "Check that this machine isolates untrusted code");
  add_json_flag(*command, app);
  set_action(*command, app, [&app] { return diagnose(app); });
}

}  // namespace tito
