#include "system/interrupt.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>

namespace fs = std::filesystem;

namespace tito {
namespace {

int signal_pipe[2] = {-1, -1};
volatile sig_atomic_t interrupted = 0;
std::mutex cleanup_mutex;
std::function<void()> cleanup_action;

void on_signal(int number) {
  const int saved = errno;
  interrupted = 1;
  const char byte = static_cast<char>(number);
  [[maybe_unused]] const ssize_t n = ::write(signal_pipe[1], &byte, 1);
  errno = saved;
}

// A handler, unlike SIG_IGN, is not inherited by the programs that we start.
void on_broken_pipe(int) {}

void install(int number, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigaction(number, &action, nullptr);
}

/// Parent of a process from /proc; 0 if it is gone.
pid_t parent_of(const std::string& pid) {
  std::ifstream in("/proc/" + pid + "/stat");
  std::string text;
  std::getline(in, text);
  // The name in parentheses may itself hold spaces and parentheses.
  const std::size_t end = text.rfind(')');
  if (end == std::string::npos || end + 4 > text.size()) return 0;
  return static_cast<pid_t>(std::strtol(text.c_str() + end + 4, nullptr, 10));
}

std::map<pid_t, pid_t> all_parents() {
  std::map<pid_t, pid_t> parents;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator("/proc", error)) {
    const std::string name = entry.path().filename().string();
    const long pid = std::strtol(name.c_str(), nullptr, 10);
    if (pid > 0) parents[static_cast<pid_t>(pid)] = parent_of(name);
  }
  return parents;
}

std::set<pid_t> descendants() {
  const std::map<pid_t, pid_t> parents = all_parents();
  std::set<pid_t> found = {::getpid()};
  for (bool grown = true; grown;) {
    grown = false;
    for (const auto& [pid, parent] : parents) {
      if (found.contains(parent) && found.insert(pid).second) grown = true;
    }
  }
  found.erase(::getpid());
  return found;
}

void wait_for_signal() {
  char byte = 0;
  while (::read(signal_pipe[0], &byte, 1) != 1) {
    if (errno != EINTR) return;
  }
  kill_descendants();
  {
    const std::lock_guard guard(cleanup_mutex);
    if (cleanup_action) cleanup_action();
  }
  const char message[] = "\ntito: interrupted; nothing was lost\n";
  [[maybe_unused]] const ssize_t n =
      ::write(STDERR_FILENO, message, sizeof message - 1);
  ::_exit(128 + byte);
}

}  // namespace

void kill_descendants() {
  // Stopped processes cannot start others, so that after a round without a
  // new one the list is complete.
  std::set<pid_t> stopped;
  for (bool grown = true; grown;) {
    grown = false;
    for (const pid_t pid : descendants()) {
      if (!stopped.insert(pid).second) continue;
      ::kill(pid, SIGSTOP);
      grown = true;
    }
  }
  for (const pid_t pid : stopped) ::kill(pid, SIGKILL);
}

void stop_here_if_interrupted() {
  while (interrupted) ::pause();
}

void set_interrupt_cleanup(std::function<void()> cleanup) {
  const std::lock_guard guard(cleanup_mutex);
  cleanup_action = std::move(cleanup);
}

void handle_interrupts() {
  if (::pipe2(signal_pipe, O_CLOEXEC) != 0) return;
  std::thread(wait_for_signal).detach();
  install(SIGINT, on_signal);
  install(SIGTERM, on_signal);
  struct sigaction hangup {};
  sigaction(SIGHUP, nullptr, &hangup);
  const bool nohup = hangup.sa_handler == SIG_IGN;
  if (!nohup) install(SIGHUP, on_signal);
  install(SIGPIPE, on_broken_pipe);
}

}  // namespace tito
