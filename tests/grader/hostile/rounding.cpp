// Has all arithmetic of the process round upwards, and lose small numbers.
// expect: failed
#include <immintrin.h>
static const int rounds = (_mm_setcsr(0x5fc0 | 0x8040), 1);
