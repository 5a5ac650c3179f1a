// `tito grade regrade`: the last run once more, without what it knew.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "commands/grade_run.hpp"
#include "commands/gradebook_commands.hpp"
#include "system/error.hpp"
#include "ui/text.hpp"

using nlohmann::json;

namespace tito {
namespace {

using Grades = std::vector<grader::RecordedGrade>;

struct RegradeOptions {
  std::string gradebook, task, why, who;
  GradeFiles files;
  unsigned jobs = RunOptions().jobs;
  bool failed = false, all = false;
};

RunOptions options_of(const grader::Run& run) {
  const json settings = json::parse(run.settings.options);
  RunOptions options;
  settings.at("submissions").get_to(options.submissions);
  settings.at("prerequisites").get_to(options.prerequisites);
  settings.at("modules").get_to(options.modules);
  settings.at("seconds").get_to(options.seconds);
  options.degraded = !settings.at("sandboxed").get<bool>();
  if (settings.contains("students")) {
    settings.at("students").get_to(options.students);
  }
  return options;
}

/// Whether anybody had handed it in: a run over all modules says so of each.
bool graded(const grader::Gradebook& book, const grader::Run& run,
            const std::string& module) {
  const auto grades = book.grades(run.id, grader::Detail::scores);
  return std::any_of(grades.begin(), grades.end(), [&](const auto& recorded) {
    return recorded.grade.number == module &&
           recorded.grade.outcome != grader::Outcome::missing;
  });
}

std::vector<grader::Run> ended_runs(const grader::Gradebook& book) {
  const auto runs = book.runs();
  if (runs.empty()) {
    throw UsageError(
        "nothing was graded yet. Run: tito grade run SUBMISSIONS --out FILE");
  }
  if (!runs.back().finished) {
    throw UsageError(fmt::format(
        "run {} was interrupted: finish it first, with the same tito grade run",
        runs.back().id));
  }
  return runs;
}

/// The last run, or of one module the last that graded it.
grader::Run last_run(const grader::Gradebook& book, const std::string& module) {
  const auto runs = ended_runs(book);
  const auto found =
      std::find_if(runs.rbegin(), runs.rend(), [&](const grader::Run& run) {
        return run.finished && (module.empty() || graded(book, run, module));
      });
  if (found != runs.rend()) return *found;
  throw UsageError(fmt::format(
      "no run graded module {} yet. Run: tito grade run SUBMISSIONS --modules "
      "{} --out FILE",
      module, module));
}

/// A run again: what of it, and of whom.
struct Again {
  grader::Run run;
  RunOptions options;
};

/// Its other modules may have been handed in again since.
Again of_module(const grader::Gradebook& book, const std::string& module) {
  Again again{last_run(book, module), {}};
  again.options = options_of(again.run);
  if (again.run.id != book.runs().back().id) again.options.modules = {module};
  return again;
}

/// The run whose failure here a grade waits to have mended; 0: none does.
std::map<std::pair<std::string, std::string>, grader::RunId> waiting(
    const Grades& latest) {
  std::map<std::pair<std::string, std::string>, grader::RunId> runs;
  for (const auto& recorded : latest) {
    const bool failed =
        recorded.grade.outcome == grader::Outcome::infrastructure_error;
    runs[{recorded.student, recorded.grade.number}] =
        failed ? recorded.run : recorded.failed_run;
  }
  return runs;
}

/// The newest run with a failure here that a grade waits for. If it is not the
/// last run, no more of it than that.
Again of_failures(const grader::Gradebook& book, const Grades& latest) {
  const auto runs = ended_runs(book);
  const auto waits_for = waiting(latest);
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
    std::set<std::string> students, modules;
    for (const auto& g : book.grades(run->id, grader::Detail::scores)) {
      if (g.grade.outcome != grader::Outcome::infrastructure_error) continue;
      if (waits_for.at({g.student, g.grade.number}) != run->id) continue;
      students.insert(g.student);
      modules.insert(g.grade.number);
    }
    if (students.empty() || !run->finished) continue;
    Again again{*run, options_of(*run)};
    if (run == runs.rbegin()) return again;
    again.options.students = {students.begin(), students.end()};
    again.options.modules = {modules.begin(), modules.end()};
    return again;
  }
  return {runs.back(), options_of(runs.back())};
}

/// The number of the module whose verdicts are made again; empty: of all.
std::string module_of(const RegradeOptions& options, const App& app) {
  if (options.task.empty()) return "";
  const auto curriculum = course_curriculum(app);
  const auto* owner = curriculum.module_of_task(options.task);
  if (owner == nullptr) {
    throw UsageError(
        fmt::format("there is no task '{}'. See a module's tasks: tito module "
                    "status",
                    printable(options.task)));
  }
  return owner->number;
}

void write_ledger(const RegradeOptions& options, grader::Gradebook& book,
                  grader::RunId before) {
  auto entry =
      new_entry(grader::LedgerEntry::Kind::regrade, options.who, options.why);
  entry.item = options.task;
  entry.value = json({{"of_run", before}, {"all", options.all}}).dump();
  book.append(entry);
}

/// What failed here is never known, so --failed-infra asks for nothing else.
int run_regrade(const RegradeOptions& options, App& app) {
  if (options.failed + options.all + !options.task.empty() != 1) {
    throw UsageError(
        "say which: --failed-infra, --task 05.2 or --all. See: tito grade "
        "regrade --help");
  }
  grader::Gradebook book(gradebook_path(options.gradebook, app),
                         grader::Gradebook::Mode::existing);
  const std::string module = module_of(options, app);
  const Grades before = book.latest_grades(grader::Detail::scores);
  Again again =
      options.failed ? of_failures(book, before) : of_module(book, module);
  RunOptions& run = again.options;
  run.gradebook = options.gradebook;
  run.files = options.files;
  run.jobs = options.jobs;
  run.on_begin = [&](grader::Gradebook& open) {
    write_ledger(options, open, again.run.id);
    if (!options.failed) open.forget_verdicts(module);
  };
  const int code = run_grade(run, app);
  print_changes(before, book.latest_grades(grader::Detail::scores), app);
  return code;
}

}  // namespace

void setup_grade_regrade(CLI::App& group, App& app) {
  const auto options = std::make_shared<RegradeOptions>();
  CLI::App* command = group.add_subcommand(
      "regrade", "Grade again what the last run graded; dropped scores first");
  command->add_flag("--failed-infra", options->failed,
                    "What failed here, not in the submissions, in the newest "
                    "run that has such");
  command
      ->add_option("--task", options->task,
                   "The module of this task, as the last run did that has it")
      ->type_name("05.2");
  command->add_flag("--all", options->all, "Everything");
  command->add_option("--why", options->why, "The reason, for the ledger")
      ->required();
  command->add_option("--who", options->who, "Who decides; default: you");
  command->add_option("--out", options->files.csv, "The grades as CSV")
      ->type_name("FILE");
  command->add_option("--jobs,-j", options->jobs, "Submissions at a time")
      ->check(CLI::Range(1, 256));
  add_gradebook_option(*command, options->gradebook);
  command->footer(
      "The submissions must lie where they were. Tests or solutions that have\n"
      "changed need no regrade: tito grade run grades again what they touch.");
  set_gradebook_action(*command, app,
                       [options, &app] { return run_regrade(*options, app); });
}

}  // namespace tito
