// Looks into every other process that it can see: memory, files, environment.
// expect: failed
#include <fcntl.h>
#include <unistd.h>

#include <stdexcept>
#include <string>
static void look() {
  for (int pid = 1; pid < 300; ++pid) {
    if (pid == getpid()) continue;
    for (const char* name :
         {"mem", "environ", "fd/0", "fd/3", "root/etc", "cwd", "exe", "maps"}) {
      const std::string path = "/proc/" + std::to_string(pid) + "/" + name;
      if (open(path.c_str(), O_RDONLY) >= 0) {
        throw std::runtime_error("escaped: opened " + path);
      }
    }
  }
}
#define ATTACK look()
