// Includes a small header by so many names that their list cannot be read.
// expect: denied limit
// clang-format off
#if 0
#elif !defined(A0)
#define A0 self
#include "losses.cpp"
#undef A0
#define A0 thread-self
#include "losses.cpp"
#undef A0
#elif !defined(A1)
#define A1 self
#include "losses.cpp"
#undef A1
#define A1 thread-self
#include "losses.cpp"
#undef A1
#elif !defined(A2)
#define A2 self
#include "losses.cpp"
#undef A2
#define A2 thread-self
#include "losses.cpp"
#undef A2
#elif !defined(A3)
#define A3 self
#include "losses.cpp"
#undef A3
#define A3 thread-self
#include "losses.cpp"
#undef A3
#elif !defined(A4)
#define A4 self
#include "losses.cpp"
#undef A4
#define A4 thread-self
#include "losses.cpp"
#undef A4
#elif !defined(A5)
#define A5 self
#include "losses.cpp"
#undef A5
#define A5 thread-self
#include "losses.cpp"
#undef A5
#elif !defined(A6)
#define A6 self
#include "losses.cpp"
#undef A6
#define A6 thread-self
#include "losses.cpp"
#undef A6
#elif !defined(A7)
#define A7 self
#include "losses.cpp"
#undef A7
#define A7 thread-self
#include "losses.cpp"
#undef A7
#elif !defined(A8)
#define A8 self
#include "losses.cpp"
#undef A8
#define A8 thread-self
#include "losses.cpp"
#undef A8
#elif !defined(A9)
#define A9 self
#include "losses.cpp"
#undef A9
#define A9 thread-self
#include "losses.cpp"
#undef A9
#elif !defined(A10)
#define A10 self
#include "losses.cpp"
#undef A10
#define A10 thread-self
#include "losses.cpp"
#undef A10
#elif !defined(A11)
#define A11 self
#include "losses.cpp"
#undef A11
#define A11 thread-self
#include "losses.cpp"
#undef A11
#elif !defined(A12)
#define A12 self
#include "losses.cpp"
#undef A12
#define A12 thread-self
#include "losses.cpp"
#undef A12
#else
#define PATH \
</proc/A0/root/proc/A1/root/proc/A2/root/proc/A3/root/proc/A4/root/proc/A5/root/proc/A6/root/proc/A7/root/proc/A8/root/proc/A9/root/proc/A10/root/proc/A11/root/proc/A12/root/././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././././usr/include/linux/limits.h>
#include PATH
#endif
