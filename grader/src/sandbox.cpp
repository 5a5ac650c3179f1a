#include "grader/sandbox.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "child.hpp"
#include "descriptor.hpp"
#include "frames.hpp"
#include "supervisor.hpp"

namespace grader {
namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

constexpr const char* kJail = "/run/jail";
constexpr const char* kProcessors = "/sys/devices/system/cpu/online";
constexpr std::chrono::seconds kStart{30};
constexpr int kEndMilliseconds = 5000;
/// Beyond a command's own limit: the jail needs a moment to tell.
constexpr std::chrono::seconds kPatience{30};

void add(Arguments& list, const Arguments& more) {
  list.insert(list.end(), more.begin(), more.end());
}

constexpr const char* kLibraries[] = {"/usr/lib", "/usr/lib32", "/usr/lib64"};
/// Where compilers and linkers lie. Not all of /usr: somebody may keep a course
/// in /usr/src.
constexpr const char* kTools[] = {"/usr/bin",           "/usr/include",
                                  "/usr/libexec",       "/usr/local/bin",
                                  "/usr/local/include", "/usr/local/lib",
                                  "/usr/local/lib64",   "/usr/local/libexec"};

template <std::size_t n>
void bind(Arguments& list, const char* const (&folders)[n]) {
  for (const char* name : folders) add(list, {"--ro-bind-try", name, name});
}

/// The system's directories as they are: /lib is a link into /usr, or not.
void add_system(Arguments& list, bool tools) {
  bind(list, kLibraries);
  if (tools) bind(list, kTools);
  for (const char* name : {"/lib", "/lib64", "/bin"}) {
    std::error_code error;
    if (!tools && std::strcmp(name, "/bin") == 0) continue;
    if (fs::is_symlink(name, error)) {
      add(list, {"--symlink", fs::read_symlink(name, error), name});
    } else {
      add(list, {"--ro-bind-try", name, name});
    }
  }
  if (tools)
    add(list, {"--ro-bind-try", "/etc/alternatives", "/etc/alternatives"});
}

Arguments arguments_of(const SandboxPlan& plan) {
  Arguments list = {find_program("bwrap")};
  if (list.front().empty()) {
    throw SandboxError(
        "bubblewrap is not installed. Run: apt-get install "
        "bubblewrap, then: tito grade doctor");
  }
  add(list, {"--unshare-all", "--as-pid-1", "--die-with-parent",
             "--new-session", "--clearenv", "--hostname", "sandbox", "--uid",
             "1000", "--gid", "1000", "--cap-drop", "ALL", "--setenv", "PATH",
             "/usr/bin:/bin", "--setenv", "LC_ALL", "C"});
  add_system(list, plan.tools);
  add(list, {"--proc", "/proc", "--dev", "/dev"});
  for (const char* place : {"/tmp", "/dev/shm"}) {
    add(list,
        {"--size", std::to_string(plan.temporary_bytes), "--tmpfs", place});
  }
  add(list, {"--ro-bind", plan.jail, kJail});
  for (const fs::path& path : plan.readable)
    add(list, {"--ro-bind", path, path});
  for (const fs::path& path : plan.writable) add(list, {"--bind", path, path});
  if (!plan.processors.empty()) {
    add(list, {"--ro-bind", plan.processors, kProcessors});
  }
  if (plan.read_only) {
    add(list, {"--remount-ro", "/tmp", "--remount-ro", "/dev/shm"});
  }
  add(list, {"--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/tmp",
             "--", kJail});
  return list;
}

Descriptor lift(int fd) {
  Descriptor low(fd);
  Descriptor high(fcntl(fd, F_DUPFD_CLOEXEC, 10));
  if (high.get() < 0) throw SandboxError(strerror(errno));
  return high;
}

}  // namespace

struct Sandbox::Process {
  pid_t pid = -1;
  Descriptor socket;

  /// The jail's first word; or bubblewrap's last.
  void greet() const {
    try {
      if (read_frame(socket.get(), kStart)) return;
    } catch (const std::runtime_error& error) {
      throw SandboxError(
          fmt::format("the sandbox does not start: {}. "
                      "Look closer: tito grade doctor",
                      error.what()));
    }
    throw SandboxError(
        "the sandbox does not start. Look closer: tito grade doctor");
  }

  nlohmann::json ask(const nlohmann::json& request,
                     std::chrono::milliseconds wait) const {
    std::optional<nlohmann::json> answer;
    try {
      write_frame(socket.get(), request);
      answer = read_frame(socket.get(), wait);
    } catch (const std::exception& error) {
      throw SandboxError(fmt::format("the sandbox has died: {}", error.what()));
    }
    if (!answer) throw SandboxError("the sandbox has died");
    return std::move(*answer);
  }

  /// The jail leaves when nobody talks to it, and bubblewrap when everything
  /// inside is gone.
  ~Process() {
    socket.close();
    if (pid <= 0) return;
    const Descriptor end(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
    pollfd waiting{end.get(), POLLIN, 0};
    if (poll(&waiting, 1, kEndMilliseconds) != 1) kill(pid, SIGKILL);
    while (waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
};

Sandbox::Sandbox(const SandboxPlan& plan)
    : process_(std::make_unique<Process>()) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    throw SandboxError(strerror(errno));
  }
  Descriptor first(ends[0]), second(ends[1]);
  process_->socket = lift(first.release());
  const Descriptor theirs = lift(second.release());
  const Arguments arguments = arguments_of(plan);
  ChildPlan child;
  child.program = arguments.front();
  child.argv = pointers(arguments);
  child.environment = {nullptr};
  child.input = child.output = child.error = theirs.get();
  child.parent = getpid();
  child.user = plan.user;
  process_->pid = fork();
  if (process_->pid == 0) become_program(child);
  if (process_->pid < 0) throw SandboxError(strerror(errno));
  process_->greet();
}

Sandbox::Sandbox(Sandbox&&) noexcept = default;
Sandbox::~Sandbox() = default;

ProcessResult Sandbox::run(const Command& command, const Limits& limits) {
  const auto wait = limits.wall.count() > 0
                        ? kMostTimesLate * limits.wall + kPatience
                        : std::chrono::milliseconds(0);
  const ProcessResult result =
      result_from(process_->ask(to_json(command, limits), wait));
  if (command.on_output) command.on_output(result.output);
  if (command.on_report) command.on_report(result.report);
  return result;
}

}  // namespace grader
