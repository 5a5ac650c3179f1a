// Hands in the reference.
// expect: compile-error
#include "@COURSE@/solutions/04_losses/src/losses.cpp"
