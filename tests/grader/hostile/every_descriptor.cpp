// Writes to every descriptor it can have, and duplicates them until none is
// left for the report.
// expect: failed
#include <unistd.h>
static void fill() {
  for (int fd = 0; fd < 1024; ++fd) (void)!write(fd, "END 0\n", 6);
  while (dup(1) >= 0) {
  }
}
#define ATTACK fill()
