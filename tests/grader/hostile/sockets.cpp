// Opens a socket of every family.
// expect: failed
#include <sys/socket.h>

#include <stdexcept>
#include <string>
static void open_all() {
  for (int family = 0; family < 46; ++family) {
    for (const int type : {SOCK_STREAM, SOCK_DGRAM, SOCK_RAW}) {
      int pair[2];
      if (socket(family, type, 0) >= 0 ||
          socketpair(family, type, 0, pair) == 0) {
        throw std::runtime_error("escaped: socket " + std::to_string(family));
      }
    }
  }
}
#define ATTACK open_all()
