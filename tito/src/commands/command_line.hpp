// From the words on the command line to a command's exit code.
#pragma once

namespace tito {

/// Parses, runs, and turns everything that goes wrong into one message and an
/// exit code.
int run_command_line(int argc, const char* const* argv);

}  // namespace tito
