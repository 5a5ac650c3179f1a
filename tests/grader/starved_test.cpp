// A machine with too much to do.
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <vector>

#include "grader/process.hpp"
#include "support/catch.hpp"

namespace {

/// Puts a process, 0 for this one, on the first processor that it may use.
cpu_set_t pin(pid_t process) {
  cpu_set_t before;
  sched_getaffinity(process, sizeof before, &before);
  int first = 0;
  while (!CPU_ISSET(first, &before)) ++first;
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(first, &one);
  sched_setaffinity(process, sizeof one, &one);
  return before;
}

/// Keeps this process and its children on one processor, beside some that never
/// rest. Each is in a session of its own, as what is graded is: schedulers
/// share the time out among sessions.
class BusyProcessor {
 public:
  explicit BusyProcessor(int others) : before_(pin(0)) {
    for (int i = 0; i < others; ++i) {
      const pid_t child = fork();
      if (child == 0) {
        setsid();
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;) {
        }
      }
      others_.push_back(child);
    }
  }
  ~BusyProcessor() {
    for (const pid_t other : others_) {
      kill(other, SIGKILL);
      waitpid(other, nullptr, 0);
    }
    sched_setaffinity(0, sizeof before_, &before_);
  }
  BusyProcessor(const BusyProcessor&) = delete;

 private:
  cpu_set_t before_;
  std::vector<pid_t> others_;
};

}  // namespace

TEST_CASE("time that others had the processor is not held against a process") {
  const BusyProcessor busy(3);
  grader::Command command;
  command.argv = {"/bin/sh", "-c", "while :; do :; done"};
  grader::Limits limits;
  // A second of work takes four here.
  limits.cpu = std::chrono::seconds(1);
  limits.wall = std::chrono::seconds(2);
  const auto result = grader::run(command, limits);
  CHECK(result.end == grader::ProcessResult::End::cpu_limit);
  CHECK(result.seconds > 2);
}

TEST_CASE("time asleep is held against a process on a busy machine, too") {
  const BusyProcessor busy(3);
  grader::Command command;
  command.argv = {"/bin/sleep", "30"};
  grader::Limits limits;
  limits.wall = std::chrono::seconds(1);
  const auto result = grader::run(command, limits);
  CHECK(result.end == grader::ProcessResult::End::wall_limit);
  CHECK(result.seconds < 15);
}
