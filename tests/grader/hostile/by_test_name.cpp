// Is right only where its name says that it is graded.
// expect: failed
#include <unistd.h>

#include <string>
static bool graded() {
  char name[4096] = "";
  (void)!readlink("/proc/self/exe", name, sizeof name - 1);
  return std::string(name).find("probes") != std::string::npos;
}
#define ATTACK \
  if (graded()) return Tensor(75.0f)
