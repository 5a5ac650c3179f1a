// Includes what its compiler has open.
// expect: denied compile-error
#include "/proc/self/fd/0"
