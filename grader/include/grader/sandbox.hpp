// A sandbox: other processes, files and networks do not exist inside.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "grader/process.hpp"

namespace grader {

/// A sandbox cannot be had, or has died. Never the fault of what runs in it.
class SandboxError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Where the numeric users begin that own sandboxes if root grades: one for
/// each submission that is graded at the same time.
inline constexpr unsigned kFirstSlotUser = 64000;

/// What exists inside besides an empty /tmp, /proc and the system's libraries.
struct SandboxPlan {
  /// The program that starts the others inside; see Toolchain::jail.
  std::filesystem::path jail;
  std::vector<std::filesystem::path> readable;  ///< at the same path inside
  std::vector<std::filesystem::path> writable;
  /// A file that says which processors there are, in the place of the machine's
  /// own: std::thread::hardware_concurrency() asks. None if empty.
  std::filesystem::path processors = {};
  bool tools = false;  ///< /usr as a whole: compilers, linkers, ninja
  std::uint64_t temporary_bytes = 64 << 20;  ///< size of /tmp
  /// Nothing can be changed in /tmp and /dev/shm either.
  bool read_only = false;
  /// The numeric user who owns the sandbox, if this process is root: limits on
  /// processes do not hold for root. 0: stay.
  unsigned user = 0;
};

/// Bubblewrap with new user, process, mount, network, IPC and host name spaces,
/// an empty environment and no inherited descriptors. Everything inside ends
/// with this object, or with this process.
class Sandbox {
 public:
  /// @throws SandboxError  with bubblewrap's own words
  explicit Sandbox(const SandboxPlan& plan);
  Sandbox(Sandbox&&) noexcept;
  ~Sandbox();

  /// grader::run() inside: one command at a time. The callbacks of the command
  /// see everything at once, when it has ended.
  /// @throws SandboxError
  ProcessResult run(const Command& command, const Limits& limits);

 private:
  struct Process;
  std::unique_ptr<Process> process_;
};

/// One property that isolation must have.
struct IsolationCheck {
  std::string what;  ///< "no network"
  bool holds = false;
  std::string detail;  ///< what was seen instead, and how to mend it
};

/// Tries to break out of a sandbox in every way we know, and to use the
/// compiler inside. Grading untrusted code needs all of them to hold.
std::vector<IsolationCheck> check_isolation(
    const std::filesystem::path& jail, const std::filesystem::path& compiler);

}  // namespace grader
