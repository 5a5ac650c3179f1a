// `tito grade run`: a directory of submissions becomes a table of points, and
// all that was seen goes into the gradebook.
#include "commands/grade_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>

#include "commands/gradebook_commands.hpp"
#include "commands/module_commands.hpp"
#include "commands/run_warnings.hpp"
#include "dev/course.hpp"
#include "dev/stub_files.hpp"
#include "grader/batch.hpp"
#include "grader/gradebook/times.hpp"
#include "system/error.hpp"
#include "ui/activity.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

std::string directory_of(const RunOptions& options, const App& app) {
  return fs::weakly_canonical(app.directory / options.submissions).string();
}

/// What a run has in common with an interrupted one that it may go on with.
std::string settings_of(const RunOptions& options,
                        const std::vector<std::string>& modules,
                        const App& app) {
  nlohmann::json settings = {{"submissions", directory_of(options, app)},
                             {"prerequisites", options.prerequisites},
                             {"modules", modules},
                             {"seconds", options.seconds},
                             {"sandboxed", !options.degraded}};
  if (!options.students.empty()) settings["students"] = options.students;
  return settings.dump();
}

grader::Entries chosen_entries(const RunOptions& options, const App& app) {
  auto entries = entries_in(options.submissions, "run", app);
  if (options.students.empty()) return entries;
  const std::set<std::string> wanted(options.students.begin(),
                                     options.students.end());
  std::erase_if(entries.accepted, [&](const grader::Entry& entry) {
    return !wanted.contains(entry.id);
  });
  if (entries.accepted.empty()) {
    throw UsageError(fmt::format(
        "'{}' has no submission of {} any more. Put it back, or decide with: "
        "tito grade override",
        printable(options.submissions), fmt::join(wanted, ", ")));
  }
  entries.refused.clear();
  return entries;
}

/// In modules/ may stand what an author tried out, which is no stub.
std::map<std::string, std::string> released_stubs(
    const grader::Toolchain& toolchain) {
  std::map<std::string, std::string> stubs;
  if (!toolchain.has_solutions()) return stubs;
  const dev::Course course = dev::open_course(toolchain.course);
  for (const dev::StubFile& stub : dev::generated_stubs(course)) {
    const fs::path file = stub.stub.lexically_relative(course.root / "modules");
    stubs[file.string()] = stub.text;
  }
  return stubs;
}

grader::GradeOptions grade_options(const RunOptions& options,
                                   const grader::Curriculum& curriculum) {
  grader::GradeOptions result;
  result.prerequisites = options.prerequisites == "own"
                             ? grader::Prerequisites::own
                             : grader::Prerequisites::reference;
  result.modules = module_numbers(curriculum, options.modules);
  result.test_limits = grader::default_test_limits();
  // A busy machine must not cost points: the clock on the wall is patient.
  result.test_limits.wall = std::chrono::seconds(3 * options.seconds);
  result.test_limits.cpu = std::chrono::seconds(options.seconds);
  result.build_limits = grader::default_build_limits();
  result.sandboxed = !options.degraded;
  return result;
}

void check_course(const RunOptions& options, const grader::Toolchain& toolchain,
                  Terminal& terminal) {
  if (options.prerequisites == "reference" && !toolchain.has_solutions()) {
    throw EnvironmentError(
        "this tree has no reference solutions to grade on. Grade in the "
        "author's tree, or add: --prerequisites own");
  }
  if (!toolchain.has_hidden_tests()) {
    terminal.warn("this tree has no hidden tests: the public ones decide.\n");
  }
}

/// The gradebook's verdicts, and how many of an earlier run were of use.
class Verdicts {
 public:
  explicit Verdicts(grader::Gradebook& book) : book_(book) {}

  std::optional<grader::ModuleGrade> find(const std::string& key) {
    auto verdict = book_.find_verdict(key);
    const std::lock_guard lock(mutex_);
    if (verdict && !stored_.contains(key)) ++known_;
    return verdict;
  }

  void store(const std::string& key, const grader::ModuleGrade& grade) {
    book_.store_verdict(key, grade);
    const std::lock_guard lock(mutex_);
    stored_.insert(key);
  }

  /// Counts anew. These, which others stored, are of this run.
  void begin_count(std::set<std::string> stored) {
    stored_ = std::move(stored);
    known_ = 0;
  }
  int known() const { return known_; }

  grader::VerdictCache cache() {
    return {[this](const auto& key) { return find(key); },
            [this](const auto& key, const auto& grade) { store(key, grade); }};
  }

 private:
  grader::Gradebook& book_;
  std::mutex mutex_;
  std::set<std::string> stored_;
  int known_ = 0;
};

using Times = std::map<std::string, grader::Instant>;

/// When the submissions were handed in, if a file tells.
Times times_of(const RunOptions& options, const App& app) {
  if (options.times.empty()) return {};
  return grader::read_times(read_given(options.times, app), options.times);
}

/// What is graded is kept at once, so that an interrupted run loses nothing.
auto recorder(grader::Gradebook& book, grader::RunId run, const Times& times,
              Activity& activity) {
  return [&book, run, &times, &activity](const auto& submission,
                                         const auto& grade) {
    grader::Handed handed = {grader::content_hash(submission),
                             {},
                             grade.id,
                             grader::module_hashes(submission)};
    const auto time = times.find(grade.id);
    if (time != times.end()) handed.submitted_at = time->second;
    book.record(run, grade, handed);
    activity.advance();
  };
}

grader::Grader prepare(const grader::Curriculum& curriculum,
                       const grader::Toolchain& toolchain,
                       const grader::GradeOptions& settings,
                       const GradingScratch& scratch, const App& app) {
  const Activity activity(*app.terminal, "Preparing the course");
  return {curriculum, toolchain, settings, scratch.path()};
}

grader::RunId begin_or_go_on(grader::Gradebook& book,
                             const grader::RunSettings& work) {
  const auto interrupted = book.unfinished_run(work);
  return interrupted ? *interrupted : book.begin_run(work);
}

/// Grades every accepted entry into `report` and the gradebook. Returns how
/// many modules needed no work.
int grade_entries(const RunOptions& options, const grader::Entries& entries,
                  const Times& times, const grader::Toolchain& toolchain,
                  const grader::Curriculum& curriculum, App& app,
                  grader::Report& report) {
  const auto opened = open_or_make(options.gradebook, app);
  grader::Gradebook& book = *opened;
  warn_of_strangers(entries, book, *app.terminal);
  warn_of_times(options.times, times, entries, book, *app.terminal);
  std::optional<MovedTimes> moved;
  if (!times.empty()) moved.emplace(book);
  const GradingScratch scratch;
  auto settings = grade_options(options, curriculum);
  settings.key = book.course_key();
  settings.stubs = released_stubs(toolchain);
  const auto grader = prepare(curriculum, toolchain, settings, scratch, app);
  if (options.on_begin) options.on_begin(book);
  const auto run = begin_or_go_on(
      book, {settings_of(options, settings.modules, app), grader.release()});
  Verdicts verdicts(book);
  grader::BatchOptions batch;
  batch.jobs = options.jobs;
  batch.cache = verdicts.cache();
  if (options.cluster.slurm()) {
    const auto made =
        run_on_cluster(grader, entries.accepted, book, options.cluster,
                       batch.cache, scratch, app);
    batch.cache = with_lost(batch.cache, made);
    verdicts.begin_count(made.arrived);
  }
  Activity activity(
      *app.terminal,
      fmt::format("Grading {}", count(static_cast<int>(entries.accepted.size()),
                                      "submission")));
  activity.set_total(entries.accepted.size());
  batch.on_graded = recorder(book, run, times, activity);
  report.grades = grade_all(grader, entries.accepted, batch);
  report.prerequisites = settings.prerequisites;
  report.sandboxed = settings.sandboxed;
  report.degraded = !settings.sandboxed;
  book.finish_run(run);
  if (moved) moved->warn(options.times, book, *app.terminal);
  return verdicts.known();
}

/// Why a module has no grade.
std::string why_not_graded(const grader::SubmissionGrade& grade) {
  for (const auto& module : grade.modules) {
    if (module.outcome == grade.outcome()) return one_line(module.detail);
  }
  return "";
}

void warn_of_unreadable(const grader::Report& report, Terminal& terminal) {
  for (const auto& grade : report.grades) {
    if (grade.outcome() != grader::Outcome::unreadable) continue;
    terminal.warn("not graded: '{}': {}\n", grade.id, why_not_graded(grade));
  }
}

/// How many have points, and what became of the others.
std::string counts(const grader::Report& report) {
  using grader::Outcome;
  const auto ended = [&](Outcome outcome) {
    return std::count_if(
        report.grades.begin(), report.grades.end(),
        [&](const auto& grade) { return grade.outcome() == outcome; });
  };
  const auto missing = ended(Outcome::missing);
  const auto unreadable = ended(Outcome::unreadable);
  const auto failed = ended(Outcome::infrastructure_error);
  const auto all = static_cast<std::ptrdiff_t>(report.grades.size());
  std::string text =
      fmt::format("{} graded", all - missing - unreadable - failed);
  if (missing > 0) text += fmt::format(", {} without work", missing);
  if (unreadable > 0) text += fmt::format(", {} unreadable", unreadable);
  if (failed > 0) text += fmt::format(", {} failed here", failed);
  return text + fmt::format(", {} refused", report.refused.size());
}

int verdict(const grader::Report& report, App& app) {
  warn_of_unreadable(report, *app.terminal);
  warn_of_notes(report, *app.terminal);
  if (report.grades.empty()) return kUsage;
  std::string ids, why;
  for (const auto& grade : report.grades) {
    if (grade.outcome() != grader::Outcome::infrastructure_error) continue;
    if (ids.empty()) why = why_not_graded(grade);
    ids += (ids.empty() ? "" : ", ") + grade.id;
  }
  if (ids.empty()) return kPassed;
  app.terminal->warn(
      "something here, not in the submissions, failed for: {} ({}). Their "
      "points are empty; see \"detail\" in --json FILE, then grade again. Look "
      "for the cause with: tito doctor\n",
      ids, why);
  return kEnvironment;
}

/// What the grades must not be written over.
std::vector<KeptFile> kept_files(const RunOptions& options,
                                 const grader::Entries& entries,
                                 const App& app) {
  auto kept = gradebook_files(gradebook_path(options.gradebook, app));
  if (!options.times.empty()) {
    kept.push_back({"the file of --times", app.directory / options.times});
  }
  for (const grader::Entry& entry : entries.accepted) {
    kept.push_back({"part of the submission of " + entry.id, entry.path});
  }
  return kept;
}

}  // namespace

int run_grade(const RunOptions& options, App& app) {
  const auto toolchain = grader::Toolchain::load(app.build_directory());
  const auto curriculum = grader::Curriculum::load(toolchain.curriculum());
  const auto numbers = module_numbers(curriculum, options.modules);
  check_cluster_options(options.cluster, app);
  const auto entries = chosen_entries(options, app);
  check_writable(options.files, kept_files(options, entries, app), app);
  const Times times = times_of(options, app);
  check_course(options, toolchain, *app.terminal);
  toolchain.build_jail();
  require_isolation(options.degraded, toolchain, *app.terminal);
  build_grading(numbers, curriculum, toolchain, *app.terminal);
  grader::Report report;
  report.versions = versions(toolchain);
  report.refused = entries.refused;
  const int known = grade_entries(options, entries, times, toolchain,
                                  curriculum, app, report);
  write_grades(report, options.files, app);
  print_grades(report, app);
  app.terminal->print(
      "\n{}{}\n", counts(report),
      options.files.csv.empty() ? "" : ": " + options.files.csv);
  if (known > 0) {
    app.terminal->print("{} known from an earlier run.\n",
                        count(known, "verdict"));
  }
  return verdict(report, app);
}

void setup_grade_run(CLI::App& group, App& app) {
  const auto options = std::make_shared<RunOptions>();
  CLI::App* command =
      group.add_subcommand("run", "Grade a directory of submissions");
  command
      ->add_option("SUBMISSIONS", options->submissions,
                   "One folder, .zip, .tar or .tar.gz per student, named by id")
      ->required();
  command->add_option("--out", options->files.csv, "The grades as CSV")
      ->type_name("FILE")
      ->required();
  command->add_option("--json", options->files.json, "Everything, as JSON")
      ->type_name("FILE");
  command->add_option("--junit", options->files.junit, "The tests, as XML")
      ->type_name("FILE");
  command->add_option("--jobs,-j", options->jobs, "Submissions at a time")
      ->check(CLI::Range(1, 256));
  command
      ->add_option("--prerequisites", options->prerequisites,
                   "Whose earlier modules a module is graded on")
      ->check(CLI::IsMember({"reference", "own"}));
  command->add_option("--modules", options->modules, "Only these: 01,02")
      ->delimiter(',')
      ->allow_extra_args(false);
  command
      ->add_option("--seconds", options->seconds, "CPU seconds for each test")
      ->check(CLI::Range(1, 3600));
  command
      ->add_option("--times", options->times,
                   "CSV: student,submitted_at (2026-03-01T23:59:00+01:00)")
      ->type_name("FILE");
  add_gradebook_option(*command, options->gradebook);
  add_cluster_options(*command, options->cluster);
  command->add_flag("--allow-degraded", options->degraded,
                    "Grade although this machine has no sandbox");
  set_gradebook_action(*command, app,
                       [options, &app] { return run_grade(*options, app); });
}

}  // namespace tito
