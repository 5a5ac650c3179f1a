// `tito grade ci`: this workspace, on its own earlier modules.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>

#include "commands/grade_report.hpp"
#include "commands/gradebook_commands.hpp"
#include "commands/module_commands.hpp"
#include "commands/reporting.hpp"
#include "commands/run_warnings.hpp"
#include "grader/batch.hpp"
#include "system/error.hpp"
#include "system/files.hpp"
#include "system/progress_store.hpp"
#include "system/stubs.hpp"
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

bool any_touched(const Course& course, const grader::Module& module,
                 const std::map<std::string, std::string>& files) {
  return std::any_of(files.begin(), files.end(), [&](const auto& file) {
    return !is_untouched(course, module, file.first, file.second);
  });
}

/// All modules, or those that have been begun or completed: where one does not
/// compile, what comes after it is no work yet.
grader::Submission submission_of(const Course& course, const Progress& progress,
                                 bool all) {
  grader::Submission submission;
  submission.id = "workspace";
  for (const grader::Module& module : course.curriculum.modules()) {
    const auto files = files_of(course.workspace, module);
    if (all || progress.complete(module.number) ||
        any_touched(course, module, files)) {
      submission.files[module.number] = files;
    }
  }
  return submission;
}

/// The stubs of files that are missing; of one whose stub is nowhere, what the
/// compiler says about the modules that need it.
std::map<std::string, std::string> stand_ins(const Course& course) {
  std::map<std::string, std::string> stubs;
  for (const grader::Module& module : course.curriculum.modules()) {
    for (const std::string& source : module.sources) {
      const std::string file = module.folder() + "/src/" + source;
      if (fs::exists(course.workspace.modules() / file)) continue;
      std::string& text = stubs[file];
      text = known_stub(course, module, source);
      if (!text.empty()) continue;
      text = fmt::format(
          "#error This file is missing, and its stub is not to be found. Bring "
          "it back, see: git log -- modules/{}\n",
          file);
    }
  }
  return stubs;
}

/// Nobody has begun this module, whatever else was changed in its files.
bool reaches_stubs(const grader::ModuleGrade& module) {
  return !module.tests.empty() &&
         std::all_of(module.tests.begin(), module.tests.end(),
                     [](const grader::TestResult& test) {
                       return test.status == Status::not_implemented;
                     });
}

void leave_out_untouched(const Progress& progress,
                         grader::SubmissionGrade& grade) {
  for (grader::ModuleGrade& module : grade.modules) {
    if (progress.complete(module.number) || !reaches_stubs(module)) continue;
    module.outcome = grader::Outcome::missing;
    module.detail = "not begun: every test reaches a stub";
  }
}

grader::GradeOptions ci_settings(const CiOptions& options,
                                 const Course& course) {
  grader::GradeOptions settings;
  settings.prerequisites = grader::Prerequisites::own;
  settings.modules = module_numbers(course.curriculum, options.modules);
  settings.test_limits = grader::default_test_limits();
  settings.build_limits = grader::default_build_limits();
  settings.sandboxed = false;
  settings.own_code = true;
  settings.stubs = stand_ins(course);
  return settings;
}

grader::Report grade_workspace(const CiOptions& options, const Course& course,
                               const App& app) {
  const Progress progress =
      ProgressStore(course.workspace, *app.terminal).load();
  const GradingScratch scratch;
  const Activity activity(*app.terminal, "Grading this workspace");
  const auto settings = ci_settings(options, course);
  const grader::Grader grader(course.curriculum, course.toolchain, settings,
                              scratch.path());
  grader::Report report;
  report.prerequisites = settings.prerequisites;
  report.sandboxed = settings.sandboxed;
  report.versions = versions(course.toolchain);
  const bool all = !options.modules.empty();
  report.grades = {grader.grade(submission_of(course, progress, all))};
  if (!all) leave_out_untouched(progress, report.grades.front());
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

/// Whoever has begun one of these learns here that it was not seen.
void print_left_out(const grader::SubmissionGrade& grade, App& app) {
  std::vector<std::string> numbers;
  for (const grader::ModuleGrade& module : grade.modules) {
    if (module.outcome != grader::Outcome::missing) continue;
    numbers.push_back(module.number);
  }
  if (numbers.empty()) return;
  app.terminal->print("Not begun, so left out: {}\n", join_words(numbers));
}

int run_ci(const CiOptions& options, App& app) {
  const Course course = open_course(app);
  check_writable(options.files, gradebook_files(gradebook_path("", app)), app);
  build_grading({}, course.curriculum, course.toolchain, *app.terminal);
  const grader::Report report = grade_workspace(options, course, app);
  write_grades(report, options.files, app);
  print_problems(report.grades.front(), app);
  print_grades(report, app);
  print_left_out(report.grades.front(), app);
  warn_of_notes(report, *app.terminal);
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
