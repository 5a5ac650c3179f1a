// Sends signals to everybody it can name.
// expect: failed
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <stdexcept>
static void strike() {
  if (kill(-1, SIGKILL) == 0 || kill(0, SIGKILL) == 0 ||
      kill(getppid(), SIGKILL) == 0 || kill(1, SIGKILL) == 0 ||
      syscall(SYS_tkill, getppid(), SIGKILL) == 0 ||
      syscall(SYS_tgkill, 1, 1, SIGKILL) == 0 ||
      syscall(SYS_pidfd_open, getppid(), 0) >= 0) {
    throw std::runtime_error("escaped: a signal");
  }
}
#define ATTACK strike()
