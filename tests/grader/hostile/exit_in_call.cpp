// Leaves with exit code 0 in the middle of a test.
// expect: failed
#include <cstdlib>
#define ATTACK std::exit(0)
