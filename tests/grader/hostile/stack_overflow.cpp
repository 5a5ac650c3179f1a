// Calls itself for ever.
// expect: failed
static volatile char sink;
__attribute__((noinline)) static char deeper(char x) {
  volatile char block[4096];
  block[0] = x;
  sink = deeper(block[0]) + block[0];
  return sink;
}
#define ATTACK deeper(1)
