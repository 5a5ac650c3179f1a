// `tito grade override`: points that a person decides.
#include <fmt/format.h>

#include <memory>

#include "commands/grade_report.hpp"
#include "commands/gradebook_commands.hpp"
#include "commands/reporting.hpp"
#include "grader/gradebook/effective.hpp"
#include "grader/report.hpp"
#include "system/error.hpp"
#include "ui/suggest.hpp"
#include "ui/text.hpp"

namespace tito {
namespace {

struct OverrideOptions {
  Decision decision;
  std::optional<double> points;
  bool clear = false;
};

struct Item {
  std::string name;
  double maximum;
};

[[noreturn]] void refuse_task(const std::string& word,
                              const grader::Curriculum& curriculum) {
  std::vector<std::string> known;
  for (const grader::Module& module : curriculum.modules()) {
    for (const grader::Task& task : module.tasks) known.push_back(task.id);
  }
  throw UsageError(fmt::format(
      "there is no task '{}'.{} See a module's tasks: tito module status",
      printable(word), did_you_mean(word, known)));
}

/// A task "05.2", or a module by any of its names.
Item item_of(const std::string& word, const App& app) {
  const auto curriculum = course_curriculum(app);
  if (const auto* owner = curriculum.module_of_task(word)) {
    return {word, owner->task(word)->points};
  }
  if (word.find('.') != std::string::npos) refuse_task(word, curriculum);
  const auto number = module_numbers(curriculum, {word}).at(0);
  return {number, curriculum.module(number)->points()};
}

/// An excuse comes before every override, and a module's before its tasks'.
void warn_of_last_word(const Decision& decision, const std::string& item,
                       const App& app) {
  const std::string module = item.substr(0, item.find('.'));
  const grader::Gradebook book(gradebook_path(decision.gradebook, app),
                               grader::Gradebook::Mode::existing);
  const auto made = grader::decisions(book.ledger())[decision.student];
  if (made.excused.contains(module)) {
    app.terminal->warn(
        "{} is excused from module {}, which stays out of the total. To lift "
        "it: tito grade excuse {} {} --clear --why TEXT\n",
        decision.student, module, decision.student, module);
    return;
  }
  const auto last = made.modules.find(module);
  if (module == item || last == made.modules.end()) return;
  app.terminal->warn(
      "module {} has {} points by an override of its own, which stays the last "
      "word. To lift it: tito grade override {} {} --clear --why TEXT\n",
      module, grader::format_points(last->second), decision.student, module);
}

int run_override(const OverrideOptions& options, App& app) {
  if (options.clear == options.points.has_value()) {
    throw UsageError(
        "say which: --points P to decide, or --clear to go back to what was "
        "measured. See: tito grade override --help");
  }
  const Item item = item_of(options.decision.item, app);
  const double points = options.points.value_or(0) + 0.0;  // -0 becomes 0
  if (!(points >= 0 && points <= item.maximum)) {
    throw UsageError(fmt::format(
        "{} has from 0 to {} points, not {}. See: tito grade show {}",
        item.name, grader::format_points(item.maximum), points,
        one_line(options.decision.student)));
  }
  const std::string value = options.clear ? "" : fmt::format("{}", points);
  const std::string text =
      options.clear ? fmt::format("{} counts as measured again", item.name)
                    : fmt::format("{} has {} of {} points", item.name, value,
                                  grader::format_points(item.maximum));
  const int code =
      decide(options.decision, grader::LedgerEntry::Kind::override_, item.name,
             value, text, app);
  warn_of_last_word(options.decision, item.name, app);
  return code;
}

}  // namespace

void setup_grade_override(CLI::App& group, App& app) {
  const auto options = std::make_shared<OverrideOptions>();
  CLI::App* command = group.add_subcommand(
      "override", "Decide the points of a task or a module yourself");
  add_decision_options(*command, options->decision, "MODULE|TASK");
  command->add_option("--points", options->points, "What counts")
      ->type_name("P");
  command->add_flag("--clear", options->clear,
                    "What was measured counts again");
  add_json_flag(*command, app);
  command->footer(
      "A module's override is the last word until it is cleared, lateness and\n"
      "its tasks included. A task's corrects what was measured.\n\nExamples:\n"
      "  tito grade override s123 05.2 --points 10 --why \"test was wrong\"");
  set_gradebook_action(*command, app,
                       [options, &app] { return run_override(*options, app); });
}

}  // namespace tito
