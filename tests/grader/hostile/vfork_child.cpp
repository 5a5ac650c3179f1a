// Tries every way to have a second process.
// expect: failed
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>
static void multiply() {
  static char stack[65536];
  char name[] = "/proc/self/exe";
  char* words[] = {name, nullptr};
  pid_t pid = 0;
  const auto child = [](void*) { return 0; };
  const bool born =
      syscall(SYS_fork) > 0 || syscall(SYS_vfork) > 0 ||
      syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) > 0 ||
      syscall(SYS_clone3, nullptr, 0) > 0 ||
      clone(child, stack + 65536, CLONE_VM | SIGCHLD, nullptr) > 0 ||
      posix_spawn(&pid, name, nullptr, nullptr, words, nullptr) == 0 ||
      std::system("true") == 0;
  if (born) throw std::runtime_error("escaped: a second process");
}
#define ATTACK multiply()
