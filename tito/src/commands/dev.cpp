// `tito dev`: the author's tools.
#include <memory>

#include "commands/commands.hpp"
#include "dev/check.hpp"
#include "dev/course.hpp"
#include "dev/mutants.hpp"
#include "dev/mutate.hpp"
#include "dev/new_module.hpp"
#include "dev/stub_files.hpp"

namespace tito {
namespace {

/// Makes `run` the action: on the course, with its compilers.
template <class Options, class Run>
void set_course_action(CLI::App& command, App& app,
                       const std::shared_ptr<Options>& options, Run run) {
  command.callback([options, run, &app] {
    app.action = [options, run, &app] {
      const dev::Course course = dev::open_course(app.directory);
      return run(course, dev::open_toolchain(course, app.build_directory()),
                 *options, *app.terminal);
    };
  });
}

void setup_stubs(CLI::App& group, App& app) {
  auto options = std::make_shared<dev::StubOptions>();
  CLI::App* command =
      group.add_subcommand("stubs", "Generate modules/ from solutions/");
  command->add_option("module", options->module, "Only this module");
  command->add_flag("--check", options->check, "Compare, write nothing");
  command->add_flag("--force", options->force, "Overwrite a student's work");
  command->callback([options, &app] {
    app.action = [options, &app] {
      return dev::run_stubs(dev::open_course(app.directory), *options,
                            *app.terminal);
    };
  });
}

void setup_check(CLI::App& group, App& app) {
  auto options = std::make_shared<dev::CheckOptions>();
  CLI::App* command = group.add_subcommand(
      "check", "The author's gate: everything that must hold of the course");
  command->add_flag("--quick", options->quick,
                    "Without sanitizers and the students' tree");
  command->add_option("--jobs", options->jobs, "Compile this many at a time");
  set_course_action(*command, app, options, dev::run_check);
}

void setup_mutate(CLI::App& group, App& app) {
  auto options = std::make_shared<dev::MutateOptions>();
  CLI::App* command = group.add_subcommand(
      "mutate", "Change solutions by rule: do the tests notice?");
  command->add_option("module", options->module, "Only this module");
  command->add_option("--file", options->file, "Only this source file");
  command->add_option("--json", options->json, "Write every mutant here");
  command->add_option("--jobs", options->jobs, "Try this many at a time");
  command->add_option("--timeout", options->timeout, "Seconds for one test");
  set_course_action(*command, app, options, dev::run_mutate);
}

void setup_mutants(CLI::App& group, App& app) {
  auto options = std::make_shared<dev::MutantsOptions>();
  CLI::App* command = group.add_subcommand(
      "mutants", "Do the wrong versions of tests/mutants cost their points?");
  command->add_option("module", options->module, "Only this module");
  command->add_option("--jobs", options->jobs, "Try this many at a time");
  command->add_flag("--own", options->own,
                    "Only the module's own tests: faster");
  command->add_option("--every", options->every, "Only one of so many")
      ->check(CLI::PositiveNumber);
  set_course_action(*command, app, options, dev::run_mutants);
}

void setup_new_module(CLI::App& group, App& app) {
  auto options = std::make_shared<dev::NewModuleOptions>();
  CLI::App* command =
      group.add_subcommand("new-module", "Lay out a new room of the course");
  command->add_option("name", options->name, "As in 05_autograd: autograd")
      ->required();
  command->add_option("--title", options->title, "As in the lesson's heading");
  command
      ->add_option("--requires", options->required,
                   "Numbers of modules: 01,02 (default: the last one)")
      ->delimiter(',')
      ->allow_extra_args(false);
  command->callback([options, &app] {
    app.action = [options, &app] {
      return dev::run_new_module(dev::open_course(app.directory), *options,
                                 *app.terminal);
    };
  });
}

}  // namespace

void add_dev(CLI::App& parser, App& app) {
  CLI::App* group = parser.add_subcommand("dev", "For authors of the course");
  group->require_subcommand(0, 1);
  group->footer(
      "Examples:\n"
      "  tito dev stubs 01\n"
      "  tito dev check --quick\n"
      "  tito dev mutate 01 --file views.cpp");
  setup_stubs(*group, app);
  setup_check(*group, app);
  setup_mutate(*group, app);
  setup_mutants(*group, app);
  setup_new_module(*group, app);
}

}  // namespace tito
