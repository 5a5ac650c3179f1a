// Writes what a probe writes, before a probe can, and leaves.
// expect: failed
#include <unistd.h>

#include <string>
struct Forge {
  Forge() {
    const std::string text =
        "PROBE mse_loss of random tables\nloss\t\t1e+30 1e+30\t0\nEND 1\n";
    for (int fd = 1; fd <= 3; ++fd) (void)!write(fd, text.data(), text.size());
    _exit(0);
  }
};
static Forge forge;
