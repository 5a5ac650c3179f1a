// Waits for the terminal.
// expect: compile-error
#include "/dev/stdin"
#include "/dev/tty"
