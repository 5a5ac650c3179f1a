// What a command's outcome means to the shell.
#pragma once

namespace tito {

enum ExitCode {
  kPassed = 0,
  kNotPassed = 1,    ///< the student's work does not pass yet
  kUsage = 2,        ///< wrong arguments
  kEnvironment = 3,  ///< something on the machine is missing or broken
  kInterrupted = 130
};

}  // namespace tito
