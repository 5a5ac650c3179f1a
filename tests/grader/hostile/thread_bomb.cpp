// Starts threads until no more can be had, and leaves them running.
// expect: failed
#include <unistd.h>

#include <thread>
static void bomb() {
  try {
    for (;;) std::thread([] { pause(); }).detach();
  } catch (const std::exception&) {
  }
}
#define ATTACK bomb()
