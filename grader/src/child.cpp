#include "child.hpp"

#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "confine.hpp"

namespace grader {
namespace {

constexpr int kReport = 3, kError = 4;

[[noreturn]] void give_up(int descriptor) {
  const int error = errno;
  if (write(descriptor, &error, sizeof error) < 0) _exit(126);
  _exit(127);
}

void reset_signals() {
  for (int number = 1; number < NSIG; ++number) signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

/// A program that nobody has read gets no chance to clean up; ninja does, so
/// that it can stop its compilers.
void die_with(pid_t parent, bool confined) {
  prctl(PR_SET_PDEATHSIG, confined ? SIGKILL : SIGTERM);
  if (getppid() != parent) _exit(127);
}

void set_limit(decltype(RLIMIT_CPU) resource, rlim_t soft, rlim_t hard) {
  rlimit present{};
  getrlimit(resource, &present);
  rlimit wanted{soft, hard};
  if (wanted.rlim_max > present.rlim_max) wanted.rlim_max = present.rlim_max;
  if (wanted.rlim_cur > wanted.rlim_max) wanted.rlim_cur = wanted.rlim_max;
  setrlimit(resource, &wanted);
}

/// The same on every machine: it decides how deep code may recurse, and how
/// many threads fit.
constexpr rlim_t kStack = rlim_t{8} << 20;

/// What pipes hold counts as memory of no process, and the machine's own limit
/// may be anything.
constexpr rlim_t kDescriptors = 256;

void set_limits(const Limits& limits) {
  set_limit(RLIMIT_CORE, 0, 0);
  if (limits.confined) {
    set_limit(RLIMIT_STACK, kStack, kStack);
    set_limit(RLIMIT_NOFILE, kDescriptors, kDescriptors);
  }
  if (limits.cpu.count() > 0) {
    const auto seconds = static_cast<rlim_t>(limits.cpu.count());
    set_limit(RLIMIT_CPU, seconds, seconds + 1);
  }
  if (limits.memory_bytes > 0) {
    set_limit(RLIMIT_AS, limits.memory_bytes, limits.memory_bytes);
  }
  if (limits.file_bytes > 0) {
    set_limit(RLIMIT_FSIZE, limits.file_bytes, limits.file_bytes);
  }
  if (limits.processes > 0) {
    set_limit(RLIMIT_NPROC, limits.processes, limits.processes);
  }
}

/// Limits on processes do not hold for root.
bool become_user(unsigned user) {
  return user == 0 ||
         (setgroups(0, nullptr) == 0 && setresgid(user, user, user) == 0 &&
          setresuid(user, user, user) == 0);
}

void arrange_descriptors(const ChildPlan& plan) {
  dup2(plan.input, 0);
  dup2(plan.output, 1);
  dup2(plan.output, 2);
  if (plan.report >= 0) {
    dup2(plan.report, kReport);
  } else {
    close(kReport);
  }
  dup3(plan.error, kError, O_CLOEXEC);
  if (syscall(SYS_close_range, kError + 1, ~0U, 0) == 0) return;
  rlimit open_files{};
  getrlimit(RLIMIT_NOFILE, &open_files);
  const int end = static_cast<int>(open_files.rlim_cur);
  for (int fd = kError + 1; fd < end; ++fd) close(fd);
}

/// Root may still find and read its program anywhere, but cannot look into
/// processes that have more capabilities, such as this one's parent.
bool drop_capabilities() {
  constexpr unsigned kKept = 1U << CAP_DAC_OVERRIDE | 1U << CAP_DAC_READ_SEARCH;
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct sets[2] = {};
  if (syscall(SYS_capget, &header, sets) != 0) return false;
  const unsigned kept = sets[0].permitted & kKept;
  sets[0] = {kept, kept, 0};
  sets[1] = {};
  return syscall(SYS_capset, &header, sets) == 0;
}

/// Addresses find their way into reports, and into what code reads that was
/// never written: equal runs need equal ones. Where it is not allowed, only
/// that is lost.
void fix_addresses() { personality(ADDR_NO_RANDOMIZE); }

bool confine(std::vector<sock_filter>& filter) {
  allow_signals_to(filter, getpid());
  sock_fprog program{static_cast<unsigned short>(filter.size()), filter.data()};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && drop_capabilities() &&
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

}  // namespace

std::vector<char*> pointers(const std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (const std::string& text : strings) {
    result.push_back(const_cast<char*>(text.c_str()));
  }
  result.push_back(nullptr);
  return result;
}

void become_program(ChildPlan& plan) {
  setsid();
  reset_signals();
  die_with(plan.parent, !plan.filter.empty());
  arrange_descriptors(plan);
  if (!plan.directory.empty() && chdir(plan.directory.c_str()) != 0) {
    give_up(kError);
  }
  set_limits(plan.limits);
  if (!become_user(plan.user)) give_up(kError);
  // Another user's process is no longer tied to its parent.
  if (plan.user != 0) die_with(plan.parent, !plan.filter.empty());
  if (!plan.filter.empty()) {
    fix_addresses();
    if (!confine(plan.filter)) give_up(kError);
  }
  syscall(SYS_execve, plan.program.c_str(), plan.argv.data(),
          plan.environment.data(), plan.pass);
  give_up(kError);
}

}  // namespace grader
