// Opens more descriptors than a test may have: each pipe holds memory that its
// process does not count. Threads with tables of their own would have more.
// expect: failed
#include <linux/close_range.h>
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <stdexcept>
static void open_all() {
  static char stack[65536];
  const int thread = CLONE_VM | CLONE_FS | CLONE_SIGHAND | CLONE_THREAD;
  if (clone(
          [](void*) -> int {
            for (;;) pause();
          },
          stack + sizeof stack, thread, nullptr) > 0 ||
      syscall(SYS_close_range, 900, 901, CLOSE_RANGE_UNSHARE) == 0) {
    throw std::runtime_error("escaped: descriptors of its own");
  }
  int count = 0;
  for (int ends[2]; count < 1000 && pipe(ends) == 0; count += 2) {
  }
  for (int fd = 100; fd < 1100; ++fd) close(fd);
  if (count > 256) throw std::runtime_error("escaped: many descriptors");
}
#define ATTACK open_all()
