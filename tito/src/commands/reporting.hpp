// What several commands print.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "commands/commands.hpp"
#include "system/course.hpp"
#include "system/module_run.hpp"

namespace tito {

/// The course and the workspace that the command line names.
Course open_course(const App& app);

/// Adds --json to a command that reports.
void add_json_flag(CLI::App& command, App& app);

/// The one JSON document of a command.
void print_json(App& app, const nlohmann::json& document);

/// A module's test run for machines. Of hidden tests only name, task, status.
nlohmann::json report_json(const ModuleReport& report, const Course& course);

/// Remembers the tasks' states for `hint`, `status` and `watch`.
void remember_results(const ModuleReport& report, const Workspace& workspace);

/// "tito module test 01", in the colour of commands.
std::string command_text(const Terminal& terminal, const std::string& command);

}  // namespace tito
