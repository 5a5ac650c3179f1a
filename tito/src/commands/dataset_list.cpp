// `tito dataset list` and `path`: what there is, and where.
#include <fmt/format.h>

#include "commands/dataset_commands.hpp"
#include "commands/module_commands.hpp"
#include "commands/reporting.hpp"
#include "system/error.hpp"
#include "ui/table.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;
using nlohmann::json;

namespace tito {
namespace {

/// Of what is downloaded the bytes of the download, otherwise those there.
std::uintmax_t bytes_of(const Dataset& dataset) {
  if (!dataset.shipped) return dataset.download_bytes();
  std::uintmax_t bytes = 0;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(dataset.folder, none)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return bytes;
}

json to_json(const Dataset& dataset) {
  return {{"name", dataset.name},
          {"title", dataset.title},
          {"page", dataset.page},
          {"licence", dataset.licence},
          {"state", to_string(state_of(dataset))},
          {"bytes", bytes_of(dataset)},
          {"folder", dataset.folder.string()},
          {"milestones", dataset.milestones}};
}

Style style_of(DataState state) {
  if (state == DataState::partial) return Style::warn;
  return state == DataState::absent ? Style::dim : Style::good;
}

void print_table(const std::vector<Dataset>& datasets, Terminal& terminal) {
  Table table({"Name", "", "Size", "State", "Milestones"});
  std::string next;
  for (const Dataset& dataset : datasets) {
    const DataState state = state_of(dataset);
    table.add(
        {{dataset.name, Style::bold},
         {dataset.title},
         {byte_count(bytes_of(dataset))},
         {to_string(state), style_of(state)},
         {fmt::format("{}", fmt::join(dataset.milestones, ", ")), Style::dim}});
    const bool open = state == DataState::absent || state == DataState::partial;
    if (next.empty() && open) next = dataset.remedy();
  }
  terminal.write(table.render(terminal));
  if (!next.empty()) {
    terminal.print("\nNext: {}\n", command_text(terminal, next));
  }
}

int run_dataset_list(App& app) {
  const std::vector<Dataset> datasets = open_datasets(app);
  if (!app.json) {
    print_table(datasets, *app.terminal);
    return kPassed;
  }
  json list = json::array();
  for (const Dataset& dataset : datasets) list.push_back(to_json(dataset));
  print_json(app, {{"datasets", list}});
  return kPassed;
}

int run_dataset_path(const std::string& word, App& app) {
  const std::vector<Dataset> datasets = open_datasets(app);
  const Dataset& dataset = find_dataset(datasets, word);
  const DataState state = state_of(dataset);
  if (state == DataState::absent || state == DataState::partial) {
    throw NotYetError(fmt::format("{} is not complete here: {}. Next: {}",
                                  dataset.name, to_string(state),
                                  dataset.remedy()));
  }
  app.terminal->print("{}\n", dataset.folder.string());
  return kPassed;
}

}  // namespace

void setup_dataset_list(CLI::App& group, App& app) {
  CLI::App* command =
      group.add_subcommand("list", "All data sets, and which are here");
  add_json_flag(*command, app);
  set_action(*command, app, [&app] { return run_dataset_list(app); });
}

void setup_dataset_path(CLI::App& group, App& app) {
  const auto word = std::make_shared<std::string>();
  CLI::App* command = group.add_subcommand(
      "path", "Print the folder of a data set that is complete");
  add_dataset_argument(*command, *word)->required();
  command->footer("Examples:\n  ls \"$(tito dataset path mnist)\"");
  set_action(*command, app,
             [word, &app] { return run_dataset_path(*word, app); });
}

}  // namespace tito
