// Turns the exit code of failed tests into 0 with a handler at exit.
// expect: failed
#include <unistd.h>

#include <cstdlib>
struct Prepare {
  Prepare() {
    std::atexit([] { _exit(0); });
  }
};
static Prepare prepare;
