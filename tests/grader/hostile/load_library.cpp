// Loads libraries, and has others load some.
// expect: failed
#include <dlfcn.h>

#include <cstdlib>
#include <stdexcept>
static void load() {
  setenv("LD_PRELOAD", "/tmp/x.so", 1);
  setenv("LD_LIBRARY_PATH", "/tmp", 1);
  for (const char* name : {"/tmp/x.so", "/run/jail", "libcrypt.so.1"}) {
    dlopen(name, RTLD_NOW | RTLD_GLOBAL);
  }
  if (dlsym(RTLD_DEFAULT, "main") != nullptr) {
    throw std::runtime_error("escaped: symbols of the judge");
  }
}
#define ATTACK load()
