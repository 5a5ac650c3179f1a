// Waits for ever with every signal blocked.
// expect: failed
#include <signal.h>
#include <unistd.h>
static void wait_for_ever() {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, nullptr);
  for (;;) sleep(1000);
}
#define ATTACK wait_for_ever()
