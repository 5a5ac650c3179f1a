// The commands below `tito release`.
#pragma once

#include "commands/commands.hpp"

namespace tito {

void setup_release_student(CLI::App& group, App& app);
void setup_release_instructor(CLI::App& group, App& app);
void setup_release_gradescope(CLI::App& group, App& app);

}  // namespace tito
