// Leaves with 0 from whatever is called when something goes wrong.
// expect: failed
#include <unistd.h>

#include <csignal>
#include <new>
static void leave(int) { _exit(0); }
static int prepare() {
  for (const int number : {SIGSEGV, SIGABRT, SIGFPE, SIGXCPU, SIGALRM}) {
    std::signal(number, leave);
  }
  std::set_new_handler([] { leave(0); });
  return 1;
}
static const int prepared = prepare();
#define ATTACK (void)::operator new (std::size_t{1} << 50)
