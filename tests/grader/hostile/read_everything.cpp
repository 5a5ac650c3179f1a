// Looks for the tests, the reference, the key, other submissions and accounts.
// expect: failed
#include <dirent.h>
#include <fcntl.h>

#include <stdexcept>
#include <string>
static void look() {
  for (const char* name :
       {"@CANARY@", "@COURSE@/README.md", "@COURSE@", "/etc/passwd",
        "/etc/hostname", "/root", "/home", "/var", "/sys/kernel",
        "../../a_honest/sources/04_losses/src/losses.cpp", "../sources",
        "/proc/1/root/etc/passwd", "/proc/self/root/etc/passwd"}) {
    if (open(name, O_RDONLY) >= 0) {
      throw std::runtime_error(std::string("escaped: read ") + name);
    }
  }
}
#define ATTACK look()
