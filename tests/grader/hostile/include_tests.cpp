// Reads the hidden tests.
// expect: compile-error
#include "@COURSE@/tests/hidden/04_losses/mse_test.cpp"
