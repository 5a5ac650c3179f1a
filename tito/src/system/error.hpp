// How a command ends early: with one message and an exit code.
#pragma once

#include <stdexcept>
#include <string>

#include "system/exit_code.hpp"

namespace tito {

/// main() prints the message, which ends with the next command to run.
class CommandError : public std::runtime_error {
 public:
  CommandError(ExitCode code, const std::string& message)
      : std::runtime_error(message), code_(code) {}
  ExitCode code() const { return code_; }

 private:
  ExitCode code_;
};

/// The student has something to do first.
class NotYetError : public CommandError {
 public:
  explicit NotYetError(const std::string& message)
      : CommandError(kNotPassed, message) {}
};

/// The arguments make no sense.
class UsageError : public CommandError {
 public:
  explicit UsageError(const std::string& message)
      : CommandError(kUsage, message) {}
};

/// Something on the machine is missing or broken.
class EnvironmentError : public CommandError {
 public:
  explicit EnvironmentError(const std::string& message)
      : CommandError(kEnvironment, message) {}
};

}  // namespace tito
