// Looks for the secret in its own memory through /proc.
// expect: failed
#include <fcntl.h>

#include <stdexcept>
#include <string>
static void look() {
  for (const char* name : {"mem", "environ", "auxv", "maps", "fd/3"}) {
    for (const std::string who : {"self", "thread-self"}) {
      if (open(("/proc/" + who + "/" + name).c_str(), O_RDWR) >= 0) {
        throw std::runtime_error("escaped: wrote " + who + "/" + name);
      }
    }
  }
  if (open("/proc/self/mem", O_RDONLY) >= 0) {
    throw std::runtime_error("escaped: read /proc/self/mem");
  }
}
#define ATTACK look()
