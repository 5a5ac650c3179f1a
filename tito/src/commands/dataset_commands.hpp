// The commands below `tito dataset`, one per file.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "commands/commands.hpp"
#include "system/dataset.hpp"

namespace tito {

void setup_dataset_list(CLI::App& group, App& app);
void setup_dataset_fetch(CLI::App& group, App& app);
void setup_dataset_verify(CLI::App& group, App& app);
void setup_dataset_path(CLI::App& group, App& app);

/// The course's data sets, or those of $TINYTORCH_MANIFEST.
std::vector<Dataset> open_datasets(const App& app);

/// Adds the argument NAME of a data set.
CLI::Option* add_dataset_argument(CLI::App& command, std::string& word);

}  // namespace tito
