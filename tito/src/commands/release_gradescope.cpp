// `tito release gradescope`: an autograder for one module.
#include <fmt/format.h>

#include <memory>

#include "commands/module_commands.hpp"
#include "commands/release_commands.hpp"
#include "commands/reporting.hpp"
#include "release/gradescope.hpp"
#include "system/error.hpp"
#include "system/files.hpp"
#include "ui/terminal.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

struct AutograderOptions {
  std::string module, out;
  int answers_per_day = 0;
};

int release_gradescope(const AutograderOptions& options, App& app) {
  const fs::path out = app.directory / options.out;
  if (out.extension() != ".zip") {
    throw UsageError(
        fmt::format("Gradescope takes a .zip archive, and '{}' does not end "
                    "in .zip. See: tito release gradescope --help",
                    options.out));
  }
  const dev::Course course = dev::open_course(app.directory);
  const grader::Module& module =
      *dev::select_modules(course, options.module).front();
  const auto files =
      release::gradescope_files(course, module, options.answers_per_day);
  const std::string bytes = zip(files);
  write_atomically(out, bytes);
  if (app.json) {
    print_json(app, {{"out", out},
                     {"module", module.number},
                     {"files", files.size()},
                     {"bytes", bytes.size()}});
    return kPassed;
  }
  app.terminal->print(
      "{} in {} ({}): the autograder of module {}, {} points\n\nNext: upload "
      "it under Configure Autograder, on Ubuntu 24.04 or later. It "
      "holds the solutions.\n",
      count(static_cast<int>(files.size()), "file"), options.out,
      byte_count(bytes.size()), label(module), module.points());
  return kPassed;
}

}  // namespace

void setup_release_gradescope(CLI::App& group, App& app) {
  const auto options = std::make_shared<AutograderOptions>();
  CLI::App* command = group.add_subcommand(
      "gradescope", "An autograder for Gradescope, for one module");
  command->add_option("--module", options->module, "Its number or name")
      ->required();
  command->add_option("--out", options->out, "The archive, replaced if there")
      ->type_name("FILE.zip")
      ->required();
  command
      ->add_option("--answers-per-day", options->answers_per_day,
                   "Show the points of so many submissions in 24 hours")
      ->check(CLI::Range(1, 1000));
  add_json_flag(*command, app);
  command->footer(
      "Students upload .cpp files, a folder, or what tito submit packed.\n"
      "Give the container 2 CPUs and 3 GB. If it has no sandboxes, each\n"
      "submission runs as a user of its own who cannot read the course. A\n"
      "failure of the grader shows as an error without a score.");
  set_action(*command, app,
             [options, &app] { return release_gradescope(*options, app); });
}

}  // namespace tito
