// `tito grade ci`: this workspace, on its own earlier modules.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "commands/grade_report.hpp"
#include "commands/gradebook_commands.hpp"
#include "commands/module_commands.hpp"
#include "grader/batch.hpp"
#include "system/error.hpp"
#include "system/files.hpp"
#include "system/stubs.hpp"
#include "system/workspace.hpp"
#include "ui/activity.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

using Status = grader::TestResult::Status;

struct CiOptions {
  GradeFiles files;
  std::vector<std::string> modules;
};

std::map<std::string, std::string> files_of(const Workspace& workspace,
                                            const grader::Module& module) {
  std::map<std::string, std::string> files;
  for (const std::string& source : module.sources) {
    const fs::path file =
        workspace.modules() / module.folder() / "src" / source;
    if (fs::is_regular_file(file)) files[source] = read_text(file);
  }
  return files;
}

/// The modules that were named, or else have been begun: where one does not
/// compile, what comes after it is no work yet.
grader::Submission submission_of(const Workspace& workspace,
                                 const grader::Curriculum& curriculum,
                                 const std::vector<std::string>& named) {
  grader::Submission submission;
  submission.id = "workspace";
  for (const grader::Module& module : curriculum.modules()) {
    const auto files = files_of(workspace, module);
    const bool begun =
        std::any_of(files.begin(), files.end(), [&](const auto& file) {
          return !is_untouched(module, file.first, file.second);
        });
    if (begun || !named.empty()) submission.files[module.number] = files;
  }
  return submission;
}

/// Nobody has begun this module, whatever else was changed in its files.
bool reaches_stubs(const grader::ModuleGrade& module) {
  return !module.tests.empty() &&
         std::all_of(module.tests.begin(), module.tests.end(),
                     [](const grader::TestResult& test) {
                       return test.status == Status::not_implemented;
                     });
}

void leave_out_untouched(grader::SubmissionGrade& grade) {
  for (grader::ModuleGrade& module : grade.modules) {
    if (!reaches_stubs(module)) continue;
    module.outcome = grader::Outcome::missing;
    module.detail = "not begun: every test reaches a stub";
  }
}

grader::Report grade_workspace(const CiOptions& options,
                               const grader::Toolchain& toolchain,
                               const grader::Curriculum& curriculum,
                               const App& app) {
  const Workspace workspace = find_workspace(app.directory);
  const GradingScratch scratch;
  const Activity activity(*app.terminal, "Grading this workspace");
  grader::GradeOptions settings;
  settings.prerequisites = grader::Prerequisites::own;
  settings.modules = module_numbers(curriculum, options.modules);
  settings.test_limits = grader::default_test_limits();
  settings.build_limits = grader::default_build_limits();
  settings.sandboxed = false;
  settings.own_code = true;
  const grader::Grader grader(curriculum, toolchain, settings, scratch.path());
  grader::Report report;
  report.prerequisites = settings.prerequisites;
  report.sandboxed = settings.sandboxed;
  report.versions = versions(toolchain);
  report.grades = {
      grader.grade(submission_of(workspace, curriculum, settings.modules))};
  if (options.modules.empty()) leave_out_untouched(report.grades.front());
  return report;
}

/// 0 only if something was graded and all of it has every point.
int verdict(const grader::SubmissionGrade& grade) {
  bool any = false, full = true;
  for (const grader::ModuleGrade& module : grade.modules) {
    if (module.outcome == grader::Outcome::infrastructure_error) {
      throw EnvironmentError(
          fmt::format("module {} could not be graded: {}. See: tito doctor",
                      module.number, module.detail));
    }
    if (module.outcome == grader::Outcome::missing) continue;
    any = true;
    full = full && module.outcome == grader::Outcome::passed;
  }
  return any && full ? kPassed : kNotPassed;
}

/// A CI system obeys ##vso[...] and ##[...] wherever they stand in a line.
std::string without_commands(std::string text) {
  for (std::size_t at = 0; (at = text.find("##", at)) != std::string::npos;) {
    text.insert(++at, 1, ' ');
  }
  return text;
}

void print_problems(const grader::SubmissionGrade& grade, App& app) {
  for (const grader::ModuleGrade& module : grade.modules) {
    if (!module.has_points()) continue;
    if (module.tests.empty()) {
      app.terminal->print("{}: {}: {}\n", module.folder,
                          grader::to_string(module.outcome),
                          without_commands(one_line(module.detail)));
    }
    for (const grader::TestResult& test : module.tests) {
      if (test.status == Status::passed) continue;
      app.terminal->print("{}: {} ({})\n", module.folder, test.name,
                          grader::to_string(test.status));
    }
  }
}

int run_ci(const CiOptions& options, App& app) {
  const auto toolchain = grader::Toolchain::load(app.build_directory());
  const auto curriculum = grader::Curriculum::load(toolchain.curriculum());
  check_writable(options.files, gradebook_files(gradebook_path("", app)), app);
  build_grading({}, curriculum, toolchain, *app.terminal);
  const grader::Report report =
      grade_workspace(options, toolchain, curriculum, app);
  write_grades(report, options.files, app);
  print_problems(report.grades.front(), app);
  print_grades(report, app);
  return verdict(report.grades.front());
}

}  // namespace

void setup_grade_ci(CLI::App& group, App& app) {
  const auto options = std::make_shared<CiOptions>();
  CLI::App* command = group.add_subcommand(
      "ci", "Grade this workspace; exit code 1 if points are missing");
  command->add_option("--out", options->files.csv, "The grades as CSV")
      ->type_name("FILE");
  command->add_option("--json", options->files.json, "Everything, as JSON")
      ->type_name("FILE");
  command->add_option("--junit", options->files.junit, "The tests, as XML")
      ->type_name("FILE");
  command
      ->add_option("--modules", options->modules,
                   "Only these: 01,02. Default: all that have been begun")
      ->delimiter(',')
      ->allow_extra_args(false);
  set_action(*command, app, [options, &app] { return run_ci(*options, app); });
}

}  // namespace tito
