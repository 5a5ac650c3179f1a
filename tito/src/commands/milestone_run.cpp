// `tito milestone run`: build it, watch it, and record what holds.
#include "system/milestone_run.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "commands/milestone_commands.hpp"
#include "commands/module_commands.hpp"
#include "commands/reporting.hpp"
#include "system/error.hpp"
#include "system/files.hpp"
#include "system/library.hpp"
#include "system/lock.hpp"
#include "system/module_run.hpp"
#include "system/progress_store.hpp"
#include "ui/table.hpp"
#include "ui/text.hpp"

using nlohmann::json;

namespace tito {
namespace {

struct RunOptions {
  std::string name;
  int part = 0;  ///< counted from 1; 0: the first not achieved
  std::string seed;
};

std::size_t chosen_part(const grader::Milestone& milestone,
                        const RunOptions& options, const Progress& progress) {
  const std::size_t parts = milestone.parts.size();
  if (options.part > 0 && static_cast<std::size_t>(options.part) <= parts) {
    return static_cast<std::size_t>(options.part) - 1;
  }
  if (options.part != 0) {
    throw UsageError(
        fmt::format("{} has {}, no part {}. See them: tito milestone status {}",
                    milestone.title, count(static_cast<int>(parts), "part"),
                    options.part, milestone.name));
  }
  for (std::size_t i = 0; i < parts; ++i) {
    if (!progress.milestones.contains(milestone_key(milestone, i))) return i;
  }
  return 0;
}

void require_modules(const Course& course, const grader::Milestone& milestone,
                     std::size_t part, const Progress& progress) {
  const auto missing =
      incomplete(course.curriculum, milestone.parts[part].requires_, progress);
  if (missing.empty()) return;
  std::vector<std::string> names;
  for (const grader::Module* module : missing) names.push_back(label(*module));
  const grader::Module* next = current_module(course.curriculum, progress);
  const std::string command =
      next ? fmt::format("tito module {} {}",
                         progress.started(next->number) ? "complete" : "start",
                         next->number)
           : "tito module list";
  throw NotYetError(
      fmt::format("{}, part {}, needs {}, which {} not complete yet. Next: {}",
                  milestone.title, part + 1, join_words(names),
                  names.size() == 1 ? "is" : "are", command));
}

/// The library is a product: if it was deleted, it is made again, provided
/// that the sources are still those that passed.
void remake_library(Course& course, const Progress& progress,
                    Terminal& terminal) {
  const auto changed = changed_modules(course, progress);
  if (!changed.empty()) {
    throw NotYetError(fmt::format(
        "your library is missing, and module {} changed since it was "
        "completed. Next: tito module complete {}",
        label(*changed.front()), changed.front()->number));
  }
  const auto modules = completed_modules(course, progress);
  for (const grader::Module* module : modules) {
    warm_up(course, *module, terminal);
  }
  const FileLock lock(course.workspace.lock());
  make_library(course, modules);
}

void prepare_library(Course& course, const Progress& progress,
                     Terminal& terminal) {
  if (!std::filesystem::exists(course.workspace.library())) {
    remake_library(course, progress, terminal);
  }
  for (const grader::Module* module : changed_modules(course, progress)) {
    terminal.warn(
        "tito: module {} changed since it was completed; the milestone runs "
        "the version that was tested. To use the new one: tito module complete "
        "{}\n",
        label(*module), module->number);
  }
}

json report_json(const MilestoneReport& report,
                 const grader::Milestone& milestone, std::size_t part) {
  json metrics = json::array();
  for (const MetricVerdict& metric : report.metrics) {
    metrics.push_back({{"name", metric.name},
                       {"value", metric.value ? json(*metric.value) : json()},
                       {"goal", to_string(metric.threshold)},
                       {"holds", metric.holds}});
  }
  return {
      {"milestone", milestone.name},       {"part", part + 1},
      {"achieved", report.achieved()},     {"metrics", metrics},
      {"seconds", report.process.seconds}, {"output", report.process.output}};
}

void print_metrics(const MilestoneReport& report, Terminal& terminal) {
  Table table;
  for (const MetricVerdict& metric : report.metrics) {
    table.add({{metric.name, Style::bold},
               {metric.value ? fmt::format("{}", *metric.value) : "missing"},
               {to_string(metric.threshold), Style::dim},
               {metric.holds ? "holds" : "does not hold",
                metric.holds ? Style::good : Style::bad}});
  }
  terminal.write('\n' + table.render(terminal, 2));
}

void print_box(const std::vector<std::string>& lines, Terminal& terminal) {
  int width = 0;
  for (const std::string& line : lines) {
    width = std::max(width, display_width(line));
  }
  width = std::min(width, terminal.width() - 6);
  const std::string edge = '+' + std::string(width + 4, '-') + '+';
  std::string box = edge + '\n';
  for (const std::string& line : lines) {
    box += "|  " + fit(line, width) + "  |\n";
  }
  terminal.write('\n' + terminal.paint(Style::good, box + edge) + '\n');
}

std::string why_it_ended(const grader::ProcessResult& process) {
  if (process.end == grader::ProcessResult::End::signalled) {
    return fmt::format("the program was ended by signal {}", process.code);
  }
  if (process.end == grader::ProcessResult::End::exited) {
    return fmt::format("the program ended with exit code {}", process.code);
  }
  return "the program did not start: " + process.error;
}

void print_failure(const MilestoneReport& report,
                   const grader::Milestone& milestone, Terminal& terminal) {
  if (!report.build.ok()) {
    terminal.print(
        "\nThe program does not build with your library:\n{}\nIs a function "
        "missing? Test again: tito module test\n",
        printable(report.build.output));
    return;
  }
  if (!report.process.ok()) {
    terminal.print("\n{}.\n", why_it_ended(report.process));
  }
  terminal.print(
      "\nNot achieved yet. Its goals: {}\n",
      command_text(terminal, "tito milestone status " + milestone.name));
}

void record(const Course& course, const MilestoneReport& report,
            const grader::Milestone& milestone, std::size_t part,
            ProgressStore& store) {
  store.update([&](Progress& progress) {
    require_modules(course, milestone, part, progress);
    MilestoneProgress& entry =
        progress.milestones[milestone_key(milestone, part)];
    entry.achieved_at = timestamp();
    for (const MetricVerdict& metric : report.metrics) {
      entry.metrics[metric.name] = *metric.value;
    }
  });
}

int run_milestone_run(const RunOptions& options, App& app) {
  Course course = open_course(app);
  Terminal& terminal = *app.terminal;
  ProgressStore store(course.workspace, terminal);
  const Progress progress = store.load();
  const grader::Milestone& milestone = find_milestone(course, options.name);
  const std::size_t part = chosen_part(milestone, options, progress);
  require_modules(course, milestone, part, progress);
  prepare_library(course, progress, terminal);

  std::vector<std::string> arguments;
  if (!options.seed.empty()) arguments = {"--seed", options.seed};
  const auto show = [&](const std::string& text) {
    if (!app.json) terminal.write(text);
  };
  const MilestoneReport report =
      run_milestone(course, milestone, part, arguments, show, terminal);
  if (report.achieved()) record(course, report, milestone, part, store);
  const int code = report.achieved() ? kPassed : kNotPassed;
  if (app.json) {
    print_json(app, report_json(report, milestone, part));
    return code;
  }
  if (report.build.ok()) print_metrics(report, terminal);
  if (report.achieved()) {
    print_box(
        {"Milestone achieved", milestone.title,
         fmt::format("Part {}: {}", part + 1, milestone.parts[part].title)},
        terminal);
  } else {
    print_failure(report, milestone, terminal);
  }
  return code;
}

}  // namespace

void setup_milestone_run(CLI::App& group, App& app) {
  auto options = std::make_shared<RunOptions>();
  CLI::App* command =
      group.add_subcommand("run", "Run a milestone with your library");
  command
      ->add_option("milestone", options->name,
                   "Its name, number or alias: perceptron, 01, ...")
      ->type_name("MILESTONE")
      ->required();
  command
      ->add_option("--part", options->part,
                   "Which of its programs; the first not achieved if left out")
      ->check(CLI::PositiveNumber);
  command
      ->add_option("--seed", options->seed,
                   "Another seed for the program's random numbers")
      ->check(CLI::NonNegativeNumber);
  add_json_flag(*command, app);
  command->footer(
      "Examples:\n  tito milestone run perceptron\n"
      "  tito milestone run perceptron --part 1 --seed 7");
  set_action(*command, app,
             [options, &app] { return run_milestone_run(*options, app); });
}

}  // namespace tito
