// Leaves its session, so that something survives the test.
// expect: failed
#include <unistd.h>

#include <stdexcept>
static void leave() {
  if (fork() == 0 && fork() == 0) {
    setsid();
    for (;;) sleep(1);
  }
  if (setsid() >= 0 || setpgid(0, 0) >= 0 || daemon(1, 1) == 0) {
    throw std::runtime_error("escaped: a session of its own");
  }
}
#define ATTACK leave()
