// `tito module complete`: every test, then the module counts.
#include <fmt/format.h>

#include <map>

#include "commands/module_commands.hpp"
#include "commands/reporting.hpp"
#include "system/files.hpp"
#include "system/library.hpp"
#include "system/progress_store.hpp"
#include "ui/failure.hpp"
#include "ui/text.hpp"

using nlohmann::json;

namespace tito {
namespace {

struct Completion {
  ModuleReport report;
  std::vector<ModuleReport> earlier;  ///< completed modules, tested again
  /// Of each module's sources, taken before they were compiled: a file saved
  /// meanwhile then counts as changed since.
  std::map<std::string, std::string> hashes;
  const ModuleReport* failed() const {
    if (!report.passed()) return &report;
    for (const ModuleReport& other : earlier) {
      if (!other.passed()) return &other;
    }
    return nullptr;
  }
};

ModuleRunOptions all_tests(const Course& course) {
  ModuleRunOptions options;
  if (course.toolchain.has_hidden_tests()) options.kinds.push_back("hidden");
  return options;
}

/// Stops at the first module that fails: the student mends one at a time.
Completion test_everything(Course& course, const grader::Module& module,
                           const Progress& progress, const Terminal& terminal) {
  Completion out;
  const ModuleRunOptions options = all_tests(course);
  const auto test = [&](const grader::Module& tested) {
    out.hashes[tested.number] = content_hash(course.workspace.sources(tested));
    return run_module(course, tested, options, terminal);
  };
  out.report = test(module);
  if (!out.report.passed()) return out;
  for (const grader::Module* other : completed_modules(course, progress)) {
    if (other == &module) continue;
    out.earlier.push_back(test(*other));
    if (!out.earlier.back().passed()) break;
  }
  return out;
}

/// The library first: a process killed in between leaves a library that holds
/// more than was recorded, and the next `complete` makes both anew.
void record(const Course& course, const Completion& completion,
            ProgressStore& store) {
  const grader::Module& module = *completion.report.module;
  store.update([&](Progress& progress) {
    require_prerequisites(course.curriculum, module, progress);
    ModuleProgress& entry = progress.modules[module.number];
    if (entry.started_at.empty()) entry.started_at = timestamp();
    entry.completed_at = timestamp();
    entry.points = completion.report.points();
    for (const auto& [number, hash] : completion.hashes) {
      progress.modules[number].sources = hash;
    }
    make_library(course, completed_modules(course, progress));
  });
}

json unlocked_json(const Unlocked& unlocked) {
  json modules = json::array(), parts = json::array();
  for (const grader::Module* module : unlocked.modules) {
    modules.push_back(module->number);
  }
  for (const auto& [milestone, part] : unlocked.parts) {
    parts.push_back({{"milestone", milestone->name}, {"part", part + 1}});
  }
  return {{"modules", modules}, {"milestones", parts}};
}

void print_unlocked(const Unlocked& unlocked, Terminal& terminal) {
  for (const auto& [milestone, part] : unlocked.parts) {
    terminal.print(
        "Unlocked: {}, part {}: {}\n  {}\n", milestone->title, part + 1,
        milestone->parts[part].title,
        command_text(terminal, fmt::format("tito milestone run {} --part {}",
                                           milestone->name, part + 1)));
  }
  for (const grader::Module* module : unlocked.modules) {
    terminal.print(
        "Unlocked: module {}\n  {}\n", label(*module),
        command_text(terminal, "tito module start " + module->number));
  }
}

void warn_about_changes(const std::vector<const grader::Module*>& changed,
                        const grader::Module& module, Terminal& terminal) {
  for (const grader::Module* other : changed) {
    if (other == &module) continue;
    terminal.warn(
        "tito: module {} changed since it was completed; it is tested again "
        "too\n",
        label(*other));
  }
}

void print_success(const Completion& completion, const Course& course,
                   const Unlocked& unlocked, Terminal& terminal) {
  const grader::Module& module = *completion.report.module;
  print_tasks(completion.report, terminal);
  if (!course.toolchain.has_hidden_tests()) {
    terminal.write("\nHidden tests are not part of this tree.\n");
  }
  if (!completion.earlier.empty()) {
    terminal.print(
        "\n{} still {}.\n",
        count(static_cast<int>(completion.earlier.size()), "earlier module"),
        completion.earlier.size() == 1 ? "passes" : "pass");
  }
  terminal.print(
      "\n{}\n",
      terminal.paint(Style::good, "Module " + label(module) + " is complete."));
  print_unlocked(unlocked, terminal);
}

int fail(const Completion& completion, const Course& course, App& app) {
  const ModuleReport& failed = *completion.failed();
  Terminal& terminal = *app.terminal;
  if (app.json) {
    json document = report_json(completion.report, course);
    document["complete"] = false;
    document["failed_module"] = failed.module->number;
    if (&failed != &completion.report) {
      document["regression"] = report_json(failed, course);
    }
    print_json(app, document);
    return kNotPassed;
  }
  if (&failed != &completion.report) {
    terminal.print(
        "\nModule {} passes, but the completed module {} no longer "
        "does.\n",
        label(*completion.report.module), label(*failed.module));
  }
  print_tasks(failed, terminal);
  print_first_problem(failed, course, terminal);
  terminal.print("\nModule {} is not complete yet.\n",
                 label(*completion.report.module));
  return kNotPassed;
}

int run_module_complete(const std::string& word, App& app) {
  Course course = open_course(app);
  Terminal& terminal = *app.terminal;
  ProgressStore store(course.workspace, terminal);
  const Progress before = store.load();
  const grader::Module& module = module_or_current(course, before, word);
  require_prerequisites(course.curriculum, module, before);
  warn_about_changes(changed_modules(course, before), module, terminal);
  if (!app.json) {
    terminal.print("{}\n",
                   terminal.paint(Style::bold, "Module " + label(module)));
  }
  const Completion completion =
      test_everything(course, module, before, terminal);
  remember_results(completion.report, course.workspace);
  if (completion.failed()) return fail(completion, course, app);
  record(course, completion, store);
  const Unlocked unlocked = unlocked_by(course.curriculum, module, before);
  if (!app.json) {
    print_success(completion, course, unlocked, terminal);
    warn_of_other_files(course, module, terminal);
    return kPassed;
  }
  json document = report_json(completion.report, course);
  document["complete"] = true;
  document["hidden_tests"] = course.toolchain.has_hidden_tests();
  document["unlocked"] = unlocked_json(unlocked);
  print_json(app, document);
  return kPassed;
}

}  // namespace

void setup_module_complete(CLI::App& group, App& app) {
  auto word = std::make_shared<std::string>();
  CLI::App* command = group.add_subcommand(
      "complete", "Run every test; then the next module opens");
  add_module_argument(*command, *word);
  add_json_flag(*command, app);
  command->footer("Example:\n  tito module complete 01");
  set_action(*command, app,
             [word, &app] { return run_module_complete(*word, app); });
}

}  // namespace tito
