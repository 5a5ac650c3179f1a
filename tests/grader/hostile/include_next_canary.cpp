// The same along another way.
// expect: compile-error
#include_next "@CANARY@"
