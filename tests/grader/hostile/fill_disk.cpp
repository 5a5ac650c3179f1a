// Fills whatever can be filled.
// expect: failed
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>
static void fill() {
  const std::vector<char> block(1 << 20, 'x');
  for (const std::string where : {"/tmp/", "/dev/shm/", "", "/var/tmp/"}) {
    std::ofstream out(where + "fill");
    for (int i = 0; out && i < 200; ++i) {
      out.write(block.data(), static_cast<std::streamsize>(block.size()));
    }
    if (out) throw std::runtime_error("escaped: filled " + where);
  }
}
#define ATTACK fill()
