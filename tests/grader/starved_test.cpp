// A machine with too much to do.
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <string>
#include <thread>
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

pid_t child_of(pid_t parent) {
  const std::string number = std::to_string(parent);
  std::ifstream children("/proc/" + number + "/task/" + number + "/children");
  pid_t child = 0;
  children >> child;
  return child;
}

}  // namespace

TEST_CASE("time that others had the processor is not held against a process") {
  const BusyProcessor busy(3);
  grader::Command command;
  command.argv = {"/bin/sh", "-c", "while :; do :; done"};
  grader::Limits limits;
  // A second of work takes four here.
  limits.cpu = std::chrono::seconds(1);
  limits.wall = std::chrono::seconds(2);
  const auto start = std::chrono::steady_clock::now();
  const auto result = grader::run(command, limits);
  CHECK(std::chrono::steady_clock::now() - start > limits.wall);
  CHECK(result.end == grader::ProcessResult::End::cpu_limit);
  CHECK(result.seconds < 2);
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

TEST_CASE("a process that waited before it began still took its time") {
  const BusyProcessor busy(3);
  grader::Command command;
  command.argv = {"/bin/sleep", "0.01"};
  for (int i = 0; i < 100; ++i) CHECK(grader::run(command).seconds >= 0.01);
}

TEST_CASE("time in which a grader was stopped is not held against a process") {
  using std::chrono::milliseconds;
  const pid_t grading = fork();
  if (grading == 0) {
    grader::Command command;
    command.argv = {"/bin/sh", "-c", "sleep 1"};
    grader::Limits limits;
    limits.wall = milliseconds(2000);
    _exit(grader::run(command, limits).ok() ? 0 : 1);
  }
  std::this_thread::sleep_for(milliseconds(300));
  // The process sleeps on until the grader has looked at its clock again.
  const pid_t process = child_of(grading);
  REQUIRE(kill(process, SIGSTOP) == 0);
  kill(grading, SIGSTOP);
  std::this_thread::sleep_for(milliseconds(3000));
  kill(grading, SIGCONT);
  std::this_thread::sleep_for(milliseconds(300));
  kill(process, SIGCONT);
  int status = 0;
  waitpid(grading, &status, 0);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
}
