// Looks for the reference along the paths of the headers.
// expect: compile-error
#include <tinytorch/../../../solutions/04_losses/src/losses.cpp>
