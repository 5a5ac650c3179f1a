// An array of two gigabytes of zeros: more than a process may have.
// expect: link-error failed
static char array[1900000000];
#define ATTACK array[12345] = 1
