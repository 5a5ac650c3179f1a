// Fills its standard input: memory of a file that no limit counts.
// expect: failed
#include <unistd.h>

#include <stdexcept>
static void fill_input() {
  static char bytes[1 << 20];
  if (write(0, bytes, sizeof bytes) > 0 || ftruncate(0, 1 << 30) == 0) {
    throw std::runtime_error("escaped: input that takes writes");
  }
}
#define ATTACK fill_input()
