// Shows a file of the grader's machine in the compiler's messages.
// expect: compile-error
#include "@CANARY@"
