// Variables of a terabyte in each thread: the program cannot start.
// expect: failed link-error
static thread_local char array[1L << 40];
#define ATTACK array[12345] = 1
