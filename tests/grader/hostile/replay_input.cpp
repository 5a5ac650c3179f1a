// Looks for the secret of the run in standard input and sends it back.
// expect: failed
#include <fcntl.h>
#include <unistd.h>

#include <stdexcept>
static void replay() {
  char text[4096] = "\n";
  for (const char* name : {"/dev/stdin", "/proc/self/fd/0", "/dev/fd/0"}) {
    const int file = open(name, O_RDONLY);
    lseek(0, 0, SEEK_SET);
    for (const int fd : {0, file}) {
      const ssize_t n = read(fd, text + 1, sizeof text - 1);
      if (n > 0) throw std::runtime_error("escaped: standard input");
    }
  }
}
#define ATTACK replay()
