// Has the kernel kill it, as if the machine had run out of memory.
// expect: failed
#include <signal.h>
#include <time.h>
static void die() {
  sigevent event{};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = SIGKILL;
  timer_t timer;
  timer_create(CLOCK_MONOTONIC, &event, &timer);
  const itimerspec soon{{0, 0}, {0, 1000}};
  timer_settime(timer, 0, &soon, nullptr);
  for (volatile int i = 0;; i = 1) {
  }
}
#define ATTACK die()
