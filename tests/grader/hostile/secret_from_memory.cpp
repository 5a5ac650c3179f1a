// Finds the secret of the run in the heap, reports that the test passed, and
// leaves: whatever a process knows, code inside it can read.
// expect: failed
#include <unistd.h>

#include <cctype>
#include <cstdlib>
#include <string>
static void send(const std::string& secret, const std::string& event) {
  const std::string line = "\n" + secret + " " + event + "\n";
  (void)!write(3, line.data(), line.size());
}
static bool is_secret(const char* text) {
  for (int i = 0; i < 32; ++i) {
    if (std::isxdigit(text[i]) == 0) return false;
  }
  return text[32] == '\n' && text[33] == '[';
}
struct Forge {
  Forge() {
    const char* here = static_cast<const char*>(std::malloc(16));
    for (const char* at = here - 140000; at < here; ++at) {
      if (!is_secret(at)) continue;
      const std::string secret(at, 32), names(at + 34);
      const std::string name = names.substr(0, names.find("]"));
      send(secret, "{\"event\":\"started\",\"name\":" + name + "}");
      send(secret, "{\"event\":\"ended\",\"name\":" + name +
                       ",\"assertions\":1,\"passed\":true}");
      _exit(0);
    }
  }
};
static Forge forge;
