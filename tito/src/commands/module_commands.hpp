// The commands below `tito module`, one per file.
#pragma once

#include <filesystem>
#include <string>

#include "commands/commands.hpp"
#include "system/course.hpp"

namespace tito {

void setup_module_list(CLI::App& group, App& app);
void setup_module_start(CLI::App& group, App& app);
void setup_module_test(CLI::App& group, App& app);
void setup_module_complete(CLI::App& group, App& app);
void setup_module_status(CLI::App& group, App& app);
void setup_module_hint(CLI::App& group, App& app);
void setup_module_reset(CLI::App& group, App& app);
void setup_module_view(CLI::App& group, App& app);

/// Adds the optional argument MODULE.
void add_module_argument(CLI::App& command, std::string& word);

/// Makes `run` the action once the parser has chosen `command`.
void set_action(CLI::App& command, App& app, std::function<int()> run);

/// "modules/05_autograd/src/helpers.hpp is not handed in: ..."
std::string not_handed_in(const std::filesystem::path& file,
                          const grader::Module& module);

/// Says so of every such file.
void warn_of_other_files(const Course& course, const grader::Module& module,
                         Terminal& terminal);

/// Shows the next hint of a task and remembers that it did.
void show_next_hint(const Course& course, const grader::Task& task, App& app);

}  // namespace tito
