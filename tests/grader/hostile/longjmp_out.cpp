// Jumps back to before main: the constructor's frame is gone by then.
// expect: failed
#include <csetjmp>
static std::jmp_buf start;
struct Mark {
  Mark() { (void)setjmp(start); }
};
static Mark mark;
#define ATTACK std::longjmp(start, 1)
