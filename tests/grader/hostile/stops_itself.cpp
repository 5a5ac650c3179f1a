// Stops itself, so that nothing ends.
// expect: failed
#include <csignal>
#define ATTACK std::raise(SIGSTOP)
