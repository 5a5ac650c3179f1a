// Every command of tito: one function here, one file beside this one.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "system/exit_code.hpp"

namespace tito {

class Terminal;

/// What main() knows before any command runs.
struct App {
  std::filesystem::path executable;  ///< of tito itself
  std::filesystem::path directory;   ///< -C, or the current one
  bool json = false;                 ///< --json
  Terminal* terminal = nullptr;

  /// The command that the arguments chose; main() calls it.
  std::function<int()> action;

  /// The course's build directory: the one that tito was built into.
  std::filesystem::path build_directory() const {
    return executable.parent_path().parent_path();
  }
};

/// "tito grade roster import"
std::string full_name(const CLI::App& command);

// Each adds its subcommands to the parser and sets app.action when chosen.
void add_setup(CLI::App& parser, App& app);
void add_doctor(CLI::App& parser, App& app);
void add_module(CLI::App& parser, App& app);
void add_milestone(CLI::App& parser, App& app);
void add_dataset(CLI::App& parser, App& app);
void add_watch(CLI::App& parser, App& app);
void add_grade(CLI::App& parser, App& app);
void add_submit(CLI::App& parser, App& app);
void add_release(CLI::App& parser, App& app);
void add_dev(CLI::App& parser, App& app);
void add_completion(CLI::App& parser, App& app);

}  // namespace tito
