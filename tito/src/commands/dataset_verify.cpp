// `tito dataset verify`: is every byte as it should be?
#include <fmt/format.h>

#include <algorithm>

#include "commands/dataset_commands.hpp"
#include "commands/module_commands.hpp"
#include "commands/reporting.hpp"
#include "ui/activity.hpp"
#include "ui/table.hpp"

using nlohmann::json;

namespace tito {
namespace {

struct CheckedFile {
  std::string name;
  FileState state;
};

struct Verdict {
  const Dataset* dataset;
  std::vector<CheckedFile> files;

  bool ok() const {
    return std::all_of(files.begin(), files.end(), [](const CheckedFile& file) {
      return file.state == FileState::intact;
    });
  }
};

Verdict verify(const Dataset& dataset) {
  Verdict verdict{&dataset, {}};
  for (const DataFile& file : dataset.kept()) {
    verdict.files.push_back({file.name, examine(file, dataset.folder)});
  }
  // Version control looks after the files of what is shipped.
  if (dataset.shipped) {
    const bool there = state_of(dataset) == DataState::shipped;
    verdict.files.push_back(
        {dataset.name + '/', there ? FileState::intact : FileState::missing});
  }
  return verdict;
}

json to_json(const Verdict& verdict) {
  json files = json::array();
  for (const CheckedFile& file : verdict.files) {
    files.push_back({{"name", file.name}, {"state", to_string(file.state)}});
  }
  return {{"name", verdict.dataset->name},
          {"ok", verdict.ok()},
          {"folder", verdict.dataset->folder.string()},
          {"files", files}};
}

void print_verdicts(const std::vector<Verdict>& verdicts, Terminal& terminal) {
  Table table;
  std::string remedies;
  for (const Verdict& verdict : verdicts) {
    std::string name = verdict.dataset->name;
    for (const CheckedFile& file : verdict.files) {
      const bool good = file.state == FileState::intact;
      table.add({{std::exchange(name, ""), Style::bold},
                 {file.name},
                 {to_string(file.state), good ? Style::good : Style::bad}});
    }
    if (verdict.ok()) continue;
    remedies += "  " + command_text(terminal, verdict.dataset->remedy()) + '\n';
  }
  terminal.write(table.render(terminal));
  if (!remedies.empty()) terminal.print("\nMend it with:\n{}", remedies);
}

std::vector<Verdict> verify_all(const std::vector<Dataset>& datasets,
                                const std::string& word,
                                const Terminal& terminal) {
  const Activity activity(terminal, "Computing checksums");
  if (!word.empty()) return {verify(find_dataset(datasets, word))};
  std::vector<Verdict> verdicts;
  for (const Dataset& dataset : datasets) verdicts.push_back(verify(dataset));
  return verdicts;
}

int run_dataset_verify(const std::string& word, App& app) {
  const std::vector<Dataset> datasets = open_datasets(app);
  const std::vector<Verdict> verdicts =
      verify_all(datasets, word, *app.terminal);
  const bool ok = std::all_of(verdicts.begin(), verdicts.end(),
                              [](const Verdict& v) { return v.ok(); });
  if (app.json) {
    json list = json::array();
    for (const Verdict& verdict : verdicts) list.push_back(to_json(verdict));
    print_json(app, {{"ok", ok}, {"datasets", list}});
  } else {
    print_verdicts(verdicts, *app.terminal);
  }
  return ok ? kPassed : kNotPassed;
}

}  // namespace

void setup_dataset_verify(CLI::App& group, App& app) {
  const auto word = std::make_shared<std::string>();
  CLI::App* command = group.add_subcommand(
      "verify", "Compute the checksums of a data set, or of all");
  add_dataset_argument(*command, *word);
  add_json_flag(*command, app);
  command->footer(
      "Examples:\n  tito dataset verify\n  tito dataset verify mnist --json");
  set_action(*command, app,
             [word, &app] { return run_dataset_verify(*word, app); });
}

}  // namespace tito
