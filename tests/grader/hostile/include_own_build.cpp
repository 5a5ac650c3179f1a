// Includes the file that describes its own build.
// expect: compile-error
#include "build.ninja"
