// An array of two gigabytes that is not zero.
// expect: compile-error limit
static volatile char array[2000000000] = {1};
#define ATTACK array[12345] = 1
