// Prints for ever.
// expect: failed
#include <cstdio>
#define ATTACK \
  for (;;) std::puts("endless")
