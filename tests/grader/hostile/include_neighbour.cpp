// Looks for other submissions beside its own.
// expect: compile-error
#include "../../../../a_honest/sources/04_losses/src/losses.cpp"
