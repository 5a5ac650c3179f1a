#include "supervisor.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>

namespace grader {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kReportBytes = 8 << 20;
constexpr int kPollWithoutPidfd = 5, kPollFiles = 50, kPollAtMost = 500;
/// Longer than a scheduler lets anything wait.
constexpr auto kStopped = std::chrono::seconds(1);

/// Reads what is there. False at the end of the file.
bool read_some(int fd, std::string& text) {
  char buffer[65536];
  const ssize_t n = read(fd, buffer, sizeof buffer);
  if (n > 0) text.append(buffer, static_cast<std::size_t>(n));
  return n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR));
}

pid_t session_of(const fs::path& process) {
  std::ifstream in(process / "stat");
  std::string line;
  std::getline(in, line);
  const auto name_end = line.rfind(')');
  if (name_end == std::string::npos) return 0;
  char state = 0;
  int parent = 0, group = 0, session = 0;
  std::sscanf(line.c_str() + name_end + 1, " %c %d %d %d", &state, &parent,
              &group, &session);
  return session;
}

/// Ninja puts its compilers into groups of their own, but they stay in the
/// session that was opened for it.
void kill_session(pid_t session) {
  std::error_code error;
  for (fs::directory_iterator it("/proc", error), end; !error && it != end;
       it.increment(error)) {
    const std::string name = it->path().filename();
    const pid_t process = std::atoi(name.c_str());
    if (process > 0 && session_of(it->path()) == session) {
      kill(process, SIGKILL);
    }
  }
}

/// How long a process's threads, or the most unlucky of them, stood ready
/// while something else ran.
std::chrono::nanoseconds time_in_queue(pid_t process) {
  std::int64_t longest = 0;
  const fs::path tasks = fs::path("/proc") / std::to_string(process) / "task";
  std::error_code error;
  for (fs::directory_iterator it(tasks, error), end; !error && it != end;
       it.increment(error)) {
    std::int64_t running = 0, waiting = 0;
    std::ifstream(it->path() / "schedstat") >> running >> waiting;
    longest = std::max(longest, waiting);
  }
  return std::chrono::nanoseconds(longest);
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_usec) * 1e-6;
}

}  // namespace

Supervisor::Supervisor(pid_t child, Clock::time_point started,
                       const Command& command, const Limits& limits,
                       Descriptor output, Descriptor report)
    : child_(child),
      command_(command),
      limits_(limits),
      output_(std::move(output)),
      report_(std::move(report)),
      exit_(static_cast<int>(syscall(SYS_pidfd_open, child, 0))),
      started_(started),
      clock_(started) {}

Supervisor::~Supervisor() {
  if (reaped_) return;
  stop(ProcessResult::End::wall_limit);
  kill_all();
  reap();
}

ProcessResult Supervisor::wait() {
  watch();
  forgive_waiting();
  kill_all();
  reap();
  drain();
  return std::move(result_);
}

void Supervisor::kill_all() const {
  kill(-child_, SIGKILL);
  if (stopped_) kill_session(child_);
}

void Supervisor::watch() {
  while (!stopped_) {
    pollfd waiting[] = {{output_.get(), POLLIN, 0},
                        {report_.get(), POLLIN, 0},
                        {exit_.get(), POLLIN, 0}};
    const int timeout = poll_timeout();
    const auto wake = Clock::now() + std::chrono::milliseconds(timeout);
    if (poll(waiting, 3, timeout) < 0 && errno != EINTR) break;
    forgive_stop(wake);
    const bool ended = child_ended();
    if (waiting[0].revents != 0 && !read_output()) output_.close();
    if (waiting[1].revents != 0 && !read_report()) report_.close();
    if (ended) break;
    if (too_many_files()) stop(ProcessResult::End::output_limit);
    if (past_deadline()) forgive_waiting();
    if (past_deadline()) stop(ProcessResult::End::wall_limit);
  }
}

int Supervisor::poll_timeout() const {
  const int most = exit_.get() < 0     ? kPollWithoutPidfd
                   : limits_.files > 0 ? kPollFiles
                                       : kPollAtMost;
  if (limits_.wall.count() <= 0) return most;
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      clock_ + limits_.wall - Clock::now());
  return static_cast<int>(std::clamp<long>(left.count() + 1, 0, most));
}

bool Supervisor::past_deadline() const {
  return limits_.wall.count() > 0 && Clock::now() - clock_ >= limits_.wall;
}

void Supervisor::forgive(Clock::duration time) {
  clock_ += time;
  forgiven_ += time;
}

/// What is known of threads that have ended stays forgiven.
void Supervisor::forgive_waiting() {
  const auto waited = std::min<Clock::duration>(
      time_in_queue(child_), (kMostTimesLate - 1) * limits_.wall);
  if (waited <= waited_) return;
  forgive(waited - waited_);
  waited_ = waited;
}

/// Whoever stops a grader, a cluster that needs the node or a machine that goes
/// to sleep, stops the code that it watches, too.
void Supervisor::forgive_stop(Clock::time_point wake) {
  const auto late = Clock::now() - wake;
  if (late > kStopped) forgive(late);
}

/// The size of a file system in memory does not bound how many empty files it
/// holds, which take the machine's memory as well.
bool Supervisor::too_many_files() const {
  if (limits_.files == 0) return false;
  std::uint64_t files = 0;
  for (const char* place : {"/tmp", "/dev/shm"}) {
    struct statvfs there {};
    if (statvfs(place, &there) != 0) continue;
    files += there.f_files - there.f_ffree;
  }
  return files > limits_.files;
}

bool Supervisor::child_ended() const {
  siginfo_t info{};
  return waitid(P_PID, static_cast<id_t>(child_), &info,
                WEXITED | WNOHANG | WNOWAIT) == 0 &&
         info.si_pid == child_;
}

bool Supervisor::read_output() {
  std::string piece;
  const bool more = read_some(output_.get(), piece);
  if (limits_.output_bytes > 0 &&
      result_.output.size() + piece.size() > limits_.output_bytes) {
    piece.resize(limits_.output_bytes - result_.output.size());
    stop(ProcessResult::End::output_limit);
  }
  result_.output += piece;
  if (command_.on_output && !piece.empty()) command_.on_output(piece);
  return more;
}

bool Supervisor::read_report() {
  std::string piece;
  const bool more = read_some(report_.get(), piece);
  // What was printed before the report was written is in the pipe by now.
  while (output_.get() >= 0 && !stopped_ && !past_deadline()) {
    const std::size_t before = result_.output.size();
    if (!read_output()) output_.close();
    if (result_.output.size() == before) break;
  }
  result_.report += piece;
  if (result_.report.size() > kReportBytes) {
    stop(ProcessResult::End::output_limit);
  }
  if (command_.on_report && !piece.empty() && command_.on_report(piece)) {
    clock_ = Clock::now();
  }
  return more;
}

void Supervisor::stop(ProcessResult::End why) {
  if (!stopped_) stopped_ = why;
}

void Supervisor::reap() {
  int status = 0;
  rusage usage{};
  while (wait4(child_, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  reaped_ = true;
  result_.seconds =
      std::chrono::duration<double>(Clock::now() - started_ - forgiven_)
          .count();
  result_.peak_kib = usage.ru_maxrss;
  const bool signalled = WIFSIGNALED(status);
  result_.code = signalled ? WTERMSIG(status) : WEXITSTATUS(status);
  result_.end =
      signalled ? ProcessResult::End::signalled : ProcessResult::End::exited;
  const double cpu = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
  const auto cpu_limit = static_cast<double>(limits_.cpu.count());
  const bool spent = cpu_limit > 0 && cpu >= cpu_limit;
  if (signalled &&
      (result_.code == SIGXCPU || (result_.code == SIGKILL && spent))) {
    result_.end = ProcessResult::End::cpu_limit;
  }
}

/// Takes what the child left in the pipes.
void Supervisor::drain() {
  while (report_.get() >= 0 && result_.report.size() <= kReportBytes) {
    const std::size_t before = result_.report.size();
    if (!read_report() || result_.report.size() == before) report_.close();
  }
  while (output_.get() >= 0 && !stopped_) {
    const std::size_t before = result_.output.size();
    if (!read_output() || result_.output.size() == before) output_.close();
  }
  if (stopped_) result_.end = *stopped_;
}

}  // namespace grader
