#include "grader/process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <stdexcept>

#include "child.hpp"
#include "confine.hpp"
#include "descriptor.hpp"
#include "supervisor.hpp"

namespace grader {
namespace {

struct Pipe {
  Descriptor read, write;
};

[[noreturn]] void fail(const char* what) {
  throw std::runtime_error(fmt::format("{}: {}", what, std::strerror(errno)));
}

/// Moves a descriptor above those that the child gives a meaning to.
Descriptor lift(int fd) {
  Descriptor low(fd);
  if (fd < 0) fail("cannot open a descriptor");
  Descriptor high(fcntl(fd, F_DUPFD_CLOEXEC, 10));
  if (high.get() < 0) fail("cannot copy a descriptor");
  return high;
}

Pipe make_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) fail("cannot open a pipe");
  Descriptor first(ends[0]), second(ends[1]);
  Pipe pipe{lift(first.release()), lift(second.release())};
  fcntl(pipe.read.get(), F_SETFL, O_NONBLOCK);
  return pipe;
}

/// A file in memory: unlike a pipe it takes any amount without a reader.
/// Sealed: whoever reads it could otherwise fill it, with memory that no limit
/// counts.
Descriptor make_input(const std::string& text) {
  if (text.empty()) return lift(open("/dev/null", O_RDONLY | O_CLOEXEC));
  Descriptor file =
      lift(memfd_create("input", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t n = write(file.get(), text.data() + done, text.size() - done);
    if (n < 0 && errno != EINTR) fail("cannot prepare standard input");
    if (n > 0) done += static_cast<std::size_t>(n);
  }
  lseek(file.get(), 0, SEEK_SET);
  const int seals = F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL;
  if (fcntl(file.get(), F_ADD_SEALS, seals) != 0) {
    fail("cannot seal standard input");
  }
  return file;
}

std::uint64_t draw_pass() {
  std::uint64_t pass = 0;
  if (getrandom(&pass, sizeof pass, 0) != sizeof pass) {
    fail("cannot draw a random number");
  }
  return pass;
}

std::vector<std::string> environment_of(const Command& command) {
  std::vector<std::string> result = command.environment;
  if (!command.inherit_environment) return result;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string line = *entry;
    const std::string name = line.substr(0, line.find('=') + 1);
    bool replaced = false;
    for (const std::string& own : command.environment) {
      replaced = replaced || own.rfind(name, 0) == 0;
    }
    if (!replaced) result.push_back(line);
  }
  return result;
}

std::string program_of(const Command& command) {
  if (command.argv.empty()) throw std::runtime_error("no program was named");
  const std::string& name = command.argv.front();
  if (name.find('/') != std::string::npos) return name;
  const auto found = find_program(name);
  if (found.empty()) {
    throw std::runtime_error(
        fmt::format("the program \"{}\" is not on the PATH", name));
  }
  return found.string();
}

/// Waits until exec has closed the pipe; returns the errno that came instead.
int exec_error(int fd) {
  int error = 0;
  pollfd waiting{fd, POLLIN, 0};
  while (poll(&waiting, 1, -1) < 0 && errno == EINTR) {
  }
  ssize_t n;
  while ((n = read(fd, &error, sizeof error)) < 0 && errno == EINTR) {
  }
  return n == sizeof error ? error : 0;
}

ProcessResult start_and_wait(const Command& command, const Limits& limits,
                             unsigned user) {
  const auto environment = environment_of(command);
  Pipe output = make_pipe(), error = make_pipe(), report;
  if (command.report_pipe) report = make_pipe();
  Descriptor input = make_input(command.input);

  ChildPlan plan;
  plan.program = program_of(command);
  plan.directory = command.directory.string();
  plan.argv = pointers(command.argv);
  plan.environment = pointers(environment);
  plan.input = input.get();
  plan.output = output.write.get();
  plan.report = report.write.get();
  plan.error = error.write.get();
  plan.limits = limits;
  plan.user = user;
  if (limits.confined) {
    plan.pass = draw_pass();
    plan.filter = confinement(plan.pass, limits.files > 0);
    // Same user or not: the child may not read this process's memory.
    prctl(PR_SET_DUMPABLE, 0);
  }
  plan.parent = getpid();

  const auto started = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child == 0) become_program(plan);
  if (child < 0) fail("cannot start a process");
  for (Descriptor* end : {&input, &output.write, &error.write, &report.write}) {
    end->close();
  }
  if (const int code = exec_error(error.read.get()); code != 0) {
    while (waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
    }
    throw std::runtime_error(
        fmt::format("cannot start {}: {}", plan.program, std::strerror(code)));
  }
  Supervisor supervisor(child, started, command, limits, std::move(output.read),
                        std::move(report.read));
  return supervisor.wait();
}

}  // namespace

ProcessResult run(const Command& command, const Limits& limits) {
  return run_as(0, command, limits);
}

ProcessResult run_as(unsigned user, const Command& command,
                     const Limits& limits) {
  try {
    return start_and_wait(command, limits, user);
  } catch (const std::runtime_error& error) {
    ProcessResult result;
    result.error = error.what();
    return result;
  }
}

std::filesystem::path find_program(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path != nullptr ? path : "/usr/bin:/bin");
  for (std::string folder; std::getline(folders, folder, ':');) {
    const auto candidate = std::filesystem::path(folder) / name;
    std::error_code error;
    if (access(candidate.c_str(), X_OK) == 0 &&
        std::filesystem::is_regular_file(candidate, error)) {
      return std::filesystem::absolute(candidate);
    }
  }
  return {};
}

}  // namespace grader
