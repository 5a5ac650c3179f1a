// Asks whether only the filter keeps it from writing.
// expect: failed
#include <sys/statvfs.h>

#include <stdexcept>
#include <string>
static void ask() {
  for (const char* place : {"/", "/tmp", "/dev", "/dev/shm", "."}) {
    struct statvfs there {};
    if (statvfs(place, &there) != 0 || (there.f_flag & ST_RDONLY) == 0) {
      throw std::runtime_error(std::string("escaped: writable ") + place);
    }
  }
}
#define ATTACK ask()
