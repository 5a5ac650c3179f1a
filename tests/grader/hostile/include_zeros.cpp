// Includes a file without an end.
// expect: compile-error limit
#include "/dev/zero"
