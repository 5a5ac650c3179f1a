// `tito milestone list` and `status`: what there is, and what was achieved.
#include <fmt/format.h>

#include "commands/milestone_commands.hpp"
#include "commands/module_commands.hpp"
#include "commands/reporting.hpp"
#include "system/milestone_run.hpp"
#include "system/progress_store.hpp"
#include "ui/table.hpp"

using nlohmann::json;

namespace tito {
namespace {

std::string part_state(const Course& course, const grader::Milestone& milestone,
                       std::size_t part, const Progress& progress) {
  if (progress.milestones.contains(milestone_key(milestone, part))) {
    return "achieved";
  }
  const auto& needed = milestone.parts[part].requires_;
  return incomplete(course.curriculum, needed, progress).empty() ? "open"
                                                                 : "locked";
}

Style style_of(const std::string& state) {
  if (state == "achieved") return Style::good;
  return state == "open" ? Style::accent : Style::dim;
}

/// "after 01, 02, 03", or the metrics that were reached.
std::string remark(const Course& course, const grader::Milestone& milestone,
                   std::size_t part, const Progress& progress) {
  const auto done = progress.milestones.find(milestone_key(milestone, part));
  if (done != progress.milestones.end()) {
    std::string text;
    for (const auto& [name, value] : done->second.metrics) {
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, value);
    }
    return text;
  }
  std::string text;
  for (const auto* module : incomplete(
           course.curriculum, milestone.parts[part].requires_, progress)) {
    text += (text.empty() ? "needs " : ", ") + module->number;
  }
  return text;
}

json parts_json(const Course& course, const grader::Milestone& milestone,
                const Progress& progress) {
  json parts = json::array();
  for (std::size_t i = 0; i < milestone.parts.size(); ++i) {
    json part = {{"part", i + 1},
                 {"title", milestone.parts[i].title},
                 {"requires", milestone.parts[i].requires_},
                 {"state", part_state(course, milestone, i, progress)}};
    const auto done = progress.milestones.find(milestone_key(milestone, i));
    if (done != progress.milestones.end()) {
      part["achieved_at"] = done->second.achieved_at;
      part["metrics"] = done->second.metrics;
    }
    parts.push_back(std::move(part));
  }
  return parts;
}

void print_list_json(const Course& course, const Progress& progress, App& app) {
  json milestones = json::array();
  for (const grader::Milestone& milestone : course.curriculum.milestones()) {
    milestones.push_back({{"number", milestone.number},
                          {"name", milestone.name},
                          {"title", milestone.title},
                          {"parts", parts_json(course, milestone, progress)}});
  }
  print_json(app, {{"milestones", milestones}});
}

int run_milestone_list(App& app) {
  const Course course = open_course(app);
  const Progress progress =
      ProgressStore(course.workspace, *app.terminal).load();
  if (app.json) {
    print_list_json(course, progress, app);
    return kPassed;
  }
  Table table({"", "Milestone", "Part", "State", ""});
  std::string next;
  for (const grader::Milestone& milestone : course.curriculum.milestones()) {
    for (std::size_t i = 0; i < milestone.parts.size(); ++i) {
      const std::string state = part_state(course, milestone, i, progress);
      table.add({{i == 0 ? milestone.number : "", Style::dim},
                 {i == 0 ? milestone.title : "", Style::bold},
                 {fmt::format("{}  {}", i + 1, milestone.parts[i].title)},
                 {state, style_of(state)},
                 {remark(course, milestone, i, progress), Style::dim}});
      if (next.empty() && state == "open") {
        next = fmt::format("tito milestone run {} --part {}", milestone.name,
                           i + 1);
      }
    }
  }
  app.terminal->write(table.render(*app.terminal));
  if (!next.empty()) {
    app.terminal->print("\nNext: {}\n", command_text(*app.terminal, next));
  }
  return kPassed;
}

void print_part(const Course& course, const grader::Milestone& milestone,
                std::size_t i, const Progress& progress, Terminal& terminal) {
  const std::string state = part_state(course, milestone, i, progress);
  terminal.print("  Part {}  {}\n          {}  {}\n", i + 1,
                 milestone.parts[i].title,
                 terminal.paint(style_of(state), state),
                 remark(course, milestone, i, progress));
  for (const auto& [name, threshold] : milestone.parts[i].metrics) {
    terminal.print("          goal: {} {}\n", name, to_string(threshold));
  }
}

int run_milestone_status(const std::string& word, App& app) {
  const Course course = open_course(app);
  const Progress progress =
      ProgressStore(course.workspace, *app.terminal).load();
  if (word.empty()) return run_milestone_list(app);
  const grader::Milestone& milestone = find_milestone(course, word);
  if (app.json) {
    print_json(app, {{"name", milestone.name},
                     {"parts", parts_json(course, milestone, progress)}});
    return kPassed;
  }
  app.terminal->print("{}\n",
                      app.terminal->paint(Style::bold, milestone.title));
  for (std::size_t i = 0; i < milestone.parts.size(); ++i) {
    print_part(course, milestone, i, progress, *app.terminal);
  }
  return kPassed;
}

}  // namespace

void setup_milestone_list(CLI::App& group, App& app) {
  CLI::App* command =
      group.add_subcommand("list", "All milestones and what opens them");
  add_json_flag(*command, app);
  set_action(*command, app, [&app] { return run_milestone_list(app); });
}

void setup_milestone_status(CLI::App& group, App& app) {
  auto word = std::make_shared<std::string>();
  CLI::App* command = group.add_subcommand(
      "status", "The parts of a milestone and their goals");
  command
      ->add_option("milestone", *word, "perceptron, 01, ...; all if left out")
      ->type_name("MILESTONE");
  add_json_flag(*command, app);
  set_action(*command, app,
             [word, &app] { return run_milestone_status(*word, app); });
}

}  // namespace tito
