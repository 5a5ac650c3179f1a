// The commands below `tito milestone`, one per file.
#pragma once

#include "commands/commands.hpp"
#include "system/course.hpp"

namespace tito {

void setup_milestone_list(CLI::App& group, App& app);
void setup_milestone_status(CLI::App& group, App& app);
void setup_milestone_run(CLI::App& group, App& app);

}  // namespace tito
