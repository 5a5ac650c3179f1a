// Fills the report's pipe for ever.
// expect: failed
#include <unistd.h>
static void fill() {
  static char block[65536];
  for (;;) {
    if (write(3, block, sizeof block) < 0) _exit(0);
  }
}
#define ATTACK fill()
