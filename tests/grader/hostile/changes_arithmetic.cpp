// Changes the rounding and the traps of the processor.
// expect: failed
#include <xmmintrin.h>

#include <cfenv>
static void change() {
  std::fesetround(FE_UPWARD);
  _mm_setcsr(0x8040);
  feenableexcept(FE_ALL_EXCEPT);
}
#define ATTACK change()
