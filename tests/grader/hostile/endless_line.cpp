// Prints one line without an end, before any test.
// expect: failed
#include <cstdio>
struct Print {
  Print() {
    for (;;) std::putchar('x');
  }
};
static Print print;
