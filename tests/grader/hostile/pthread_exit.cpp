// Ends the main thread and lets another one end the process with code 0.
// expect: failed
#include <pthread.h>
#include <unistd.h>

#include <thread>
static void end() {
  std::thread([] { _exit(0); }).detach();
  pthread_exit(nullptr);
}
#define ATTACK end()
