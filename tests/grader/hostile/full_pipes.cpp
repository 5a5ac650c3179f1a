// Fills pipes with memory that no limit of a process counts.
// expect: failed
#include <fcntl.h>
#include <unistd.h>
static int fill() {
  static char bytes[1 << 20];
  for (int ends[2]; pipe2(ends, O_NONBLOCK) == 0;) {
    fcntl(ends[1], F_SETPIPE_SZ, sizeof bytes);
    while (write(ends[1], bytes, sizeof bytes) > 0) {
    }
  }
  return 1;
}
static const int filled = fill();
