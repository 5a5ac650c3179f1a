// Reads the compiler's own arguments and environment.
// expect: denied
#include "/proc/self/cmdline"
#include "/proc/self/environ"
