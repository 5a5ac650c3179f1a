// `tito dataset fetch`: from the network, or from files at hand.
#include "system/dataset_fetch.hpp"

#include <fmt/format.h>

#include "commands/dataset_commands.hpp"
#include "commands/module_commands.hpp"
#include "commands/reporting.hpp"
#include "system/error.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

struct Words {
  std::string dataset, from;
  bool force = false;
  int patience = 30;
};

FetchOptions fetch_options(const Words& words, const App& app) {
  FetchOptions options;
  options.force = words.force;
  options.patience = std::chrono::seconds(words.patience);
  if (words.from.empty()) return options;
  options.from = app.directory / words.from;
  if (fs::exists(options.from)) return options;
  throw UsageError(fmt::format(
      "there is no '{}'. Name a file, or the directory that holds the files: "
      "tito dataset fetch {} --from DIR",
      printable(words.from), printable(words.dataset)));
}

int run_dataset_fetch(const Words& words, App& app) {
  const std::vector<Dataset> datasets = open_datasets(app);
  const Dataset& dataset = find_dataset(datasets, words.dataset);
  if (dataset.shipped && state_of(dataset) == DataState::absent) {
    throw EnvironmentError(
        fmt::format("{} comes with the course, but '{}' is missing. Restore "
                    "it: {}",
                    dataset.name, dataset.folder.string(), dataset.remedy()));
  }
  if (!dataset.shipped) {
    fetch(dataset, fetch_options(words, app), *app.terminal);
  }
  app.terminal->print("{} is ready: {}\n", dataset.name,
                      dataset.folder.string());
  return kPassed;
}

}  // namespace

void setup_dataset_fetch(CLI::App& group, App& app) {
  const auto words = std::make_shared<Words>();
  CLI::App* command =
      group.add_subcommand("fetch", "Get a data set, or what is missing of it");
  add_dataset_argument(*command, words->dataset)->required();
  command
      ->add_option("--from", words->from,
                   "Copy from this file or directory instead of the network")
      ->type_name("PATH");
  command->add_flag("--force", words->force,
                    "Fetch again what is here already");
  command
      ->add_option("--patience", words->patience,
                   "Seconds to wait for a server that sends nothing")
      ->check(CLI::Range(1, 3600));
  command->footer(
      "An interrupted download continues where it ended.\n\n"
      "Examples:\n"
      "  tito dataset fetch mnist\n"
      "  tito dataset fetch cifar10 --from ~/Downloads\n"
      "  tito dataset fetch mnist --force");
  set_action(*command, app,
             [words, &app] { return run_dataset_fetch(*words, app); });
}

}  // namespace tito
