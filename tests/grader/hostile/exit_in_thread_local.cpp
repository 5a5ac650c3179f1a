// Leaves with 0 when the main thread's variables are destroyed.
// expect: failed
#include <unistd.h>
struct Leave {
  ~Leave() { _exit(0); }
  int seen = 0;
};
static thread_local Leave leave;
#define ATTACK leave.seen = 1
