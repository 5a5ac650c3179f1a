// Takes time, memory, processors and priority away from its parent, and lifts
// its own limits.
// expect: failed
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <stdexcept>
static void change() {
  const rlimit none{RLIM_INFINITY, RLIM_INFINITY}, zero{0, 0};
  const sched_param first{1};
  cpu_set_t one;
  sched_getaffinity(0, sizeof one, &one);
  if (prlimit(getppid(), RLIMIT_CPU, &zero, nullptr) == 0 ||
      prlimit(0, RLIMIT_AS, &none, nullptr) == 0 ||
      setrlimit(RLIMIT_CPU, &none) == 0 ||
      setpriority(PRIO_PROCESS, 0, -20) == 0 ||
      sched_setscheduler(0, SCHED_FIFO, &first) == 0 ||
      sched_setaffinity(getppid(), sizeof one, &one) == 0 ||
      sched_setaffinity(1, sizeof one, &one) == 0) {
    throw std::runtime_error("escaped: limits");
  }
}
#define ATTACK change()
