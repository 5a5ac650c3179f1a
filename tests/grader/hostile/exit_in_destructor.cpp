// Turns the exit code of failed tests into 0 with a static destructor.
// expect: failed
#include <unistd.h>
struct Last {
  ~Last() { _exit(0); }
};
static Last last;
