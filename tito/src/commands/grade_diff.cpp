// `tito grade diff`: what changed between two runs, losses first.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>

#include "commands/gradebook_commands.hpp"
#include "commands/reporting.hpp"
#include "grader/report.hpp"
#include "ui/table.hpp"
#include "ui/text.hpp"

using nlohmann::json;

namespace tito {
namespace {

struct DiffOptions {
  std::string gradebook;
  grader::RunId before = 0, after = 0;
};

using Points = std::optional<double>;
using Grades = std::vector<grader::RecordedGrade>;

struct Change {
  std::string student, module;
  Points before, after;

  /// Points that went away count as lost.
  double gain() const { return after.value_or(0) - before.value_or(0); }
  bool dropped() const { return before && (!after || *after < *before); }
};

Points points_of(const grader::ModuleGrade& grade) {
  if (!grade.has_points()) return std::nullopt;
  return grade.points;
}

/// Of the modules that are in both, those with other points. What only one
/// has is no change.
std::vector<Change> changes(const Grades& before, const Grades& after) {
  std::map<std::pair<std::string, std::string>, Points> earlier;
  for (const auto& g : before) {
    earlier[{g.student, g.grade.folder}] = points_of(g.grade);
  }
  std::vector<Change> changes;
  for (const auto& g : after) {
    const auto old = earlier.find({g.student, g.grade.folder});
    if (old == earlier.end()) continue;
    const Points now = points_of(g.grade);
    if (now == old->second) continue;
    changes.push_back({g.student, g.grade.folder, old->second, now});
  }
  std::stable_sort(changes.begin(), changes.end(),
                   [](const Change& a, const Change& b) {
                     if (a.dropped() != b.dropped()) return a.dropped();
                     return a.gain() < b.gain();
                   });
  return changes;
}

json to_json(const Change& change) {
  const auto points = [](const Points& p) {
    return p ? json(*p) : json(nullptr);
  };
  return {{"student", change.student},
          {"module", change.module},
          {"before", points(change.before)},
          {"after", points(change.after)},
          {"dropped", change.dropped()}};
}

int run_diff(const DiffOptions& options, App& app) {
  const grader::Gradebook book(gradebook_path(options.gradebook, app),
                               grader::Gradebook::Mode::existing);
  require_run(book, options.before);
  require_run(book, options.after);
  const auto detail = grader::Detail::scores;
  const auto lost = print_changes(book.grades(options.before, detail),
                                  book.grades(options.after, detail), app);
  if (lost > 0 && !app.json) {
    app.terminal->print("Where run {} has no points, the older ones count.\n",
                        options.after);
  }
  return kPassed;
}

}  // namespace

std::ptrdiff_t print_changes(const std::vector<grader::RecordedGrade>& before,
                             const std::vector<grader::RecordedGrade>& after,
                             App& app) {
  const auto all = changes(before, after);
  const auto lost =
      std::count_if(all.begin(), all.end(),
                    [](const Change& change) { return !change.after; });
  if (app.json) {
    json list = json::array();
    for (const Change& change : all) list.push_back(to_json(change));
    print_json(app, {{"changes", list}});
    return lost;
  }
  Table table({"Student", "Module", "Before", "After", "Change"});
  int dropped = 0;
  for (const Change& change : all) {
    if (change.dropped()) ++dropped;
    table.add({{change.student, Style::bold},
               {change.module},
               {points_or_dash(change.before)},
               {points_or_dash(change.after)},
               {fmt::format("{:+g}", change.gain()),
                change.dropped() ? Style::bad : Style::good}});
  }
  if (!all.empty()) app.terminal->write(table.render(*app.terminal));
  app.terminal->print("{} changed, {} dropped\n",
                      count(static_cast<int>(all.size()), "score"), dropped);
  return lost;
}

void setup_grade_diff(CLI::App& group, App& app) {
  const auto options = std::make_shared<DiffOptions>();
  CLI::App* command = group.add_subcommand(
      "diff", "What changed between two runs: dropped scores first");
  command->add_option("run1", options->before, "The earlier run's number")
      ->type_name("RUN1")
      ->required();
  command->add_option("run2", options->after, "The later one's")
      ->type_name("RUN2")
      ->required();
  add_gradebook_option(*command, options->gradebook);
  add_json_flag(*command, app);
  set_gradebook_action(*command, app,
                       [options, &app] { return run_diff(*options, app); });
}

}  // namespace tito
