// Takes all the memory there is, and touches it.
// expect: failed
#include <cstdlib>
#include <cstring>
static void bomb() {
  for (std::size_t size = std::size_t{1} << 32; size > 4096; size /= 2) {
    while (void* block = std::malloc(size)) std::memset(block, 1, size);
  }
}
#define ATTACK bomb()
