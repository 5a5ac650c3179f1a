// Closes the report and everything else, and puts other files there.
// expect: failed
#include <fcntl.h>
#include <unistd.h>
static void shut() {
  for (int fd = 0; fd < 64; ++fd) close(fd);
  for (int fd = 0; fd < 64; ++fd) (void)!open("/dev/null", O_RDONLY);
}
#define ATTACK shut()
