// `tito dataset`: the data that milestones train on.
#include "commands/dataset_commands.hpp"
#include "grader/toolchain.hpp"

namespace fs = std::filesystem;

namespace tito {

std::vector<Dataset> open_datasets(const App& app) {
  if (const char* own = std::getenv("TINYTORCH_MANIFEST")) {
    return load_datasets(fs::absolute(own));
  }
  const auto toolchain = grader::Toolchain::load(app.build_directory());
  return load_datasets(toolchain.course / "datasets" / "manifest.json");
}

CLI::Option* add_dataset_argument(CLI::App& command, std::string& word) {
  return command.add_option("dataset", word, "Its name: mnist, cifar10, ...")
      ->type_name("DATASET");
}

void add_dataset(CLI::App& parser, App& app) {
  CLI::App* group = parser.add_subcommand(
      "dataset", "Data that milestones train on: fetch, verify, find");
  group->require_subcommand(0, 1);
  group->footer(
      "Downloaded data lies in $TINYTORCH_DATA, otherwise in\n"
      "$XDG_CACHE_HOME/tinytorch or ~/.cache/tinytorch.\n\n"
      "Examples:\n"
      "  tito dataset list\n"
      "  tito dataset fetch mnist\n"
      "  tito dataset fetch cifar10 --from ~/Downloads\n"
      "  tito dataset verify mnist\n"
      "  ls \"$(tito dataset path mnist)\"");
  setup_dataset_list(*group, app);
  setup_dataset_fetch(*group, app);
  setup_dataset_verify(*group, app);
  setup_dataset_path(*group, app);
}

}  // namespace tito
