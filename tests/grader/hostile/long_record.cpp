// Emits a record whose shape is seven megabytes long, as a probe would.
// expect: failed
#include <unistd.h>

#include <string>
struct Forge {
  Forge() {
    const std::string text =
        "PROBE x\nloss\t" + std::string(7000000, '1') + "\t1 1\t0\nEND 1\n";
    for (std::size_t done = 0; done < text.size();) {
      const auto n = write(3, text.data() + done, text.size() - done);
      if (n <= 0) break;
      done += static_cast<std::size_t>(n);
    }
    _exit(0);
  }
};
static Forge forge;
