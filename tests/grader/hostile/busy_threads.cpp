// Burns the CPU time of several threads that ignore the warning.
// expect: failed
#include <csignal>
#include <thread>
#include <vector>
static volatile bool forever = true;
static void burn() {
  std::signal(SIGXCPU, SIG_IGN);
  for (int i = 0; i < 4; ++i) {
    std::thread([] {
      while (forever) {
      }
    }).detach();
  }
  while (forever) {
  }
}
#define ATTACK burn()
