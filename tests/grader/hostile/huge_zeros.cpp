// An array of a terabyte of zeros, which no process can have.
// expect: compile-error link-error failed
static char array[1L << 40];
#define ATTACK array[12345] = 1
