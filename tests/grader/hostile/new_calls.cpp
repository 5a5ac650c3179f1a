// Makes system calls that are younger than the sandbox, and than the libraries
// that it is built with: they would change modes and attributes of /tmp.
// expect: failed
#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <stdexcept>
#include <string>
static void call_all() {
  static char zeros[64];
  // cachestat, fchmodat2, setxattrat, removexattrat, open_tree_attr,
  // file_setattr, what comes some day, and read as x32 calls it.
  for (const long call :
       {451L, 452L, 463L, 466L, 467L, 469L, 600L, 0x40000000L | SYS_read}) {
    if (syscall(call, AT_FDCWD, "/tmp", 0, "user.x", zeros, 16) != -1 ||
        errno != ENOSYS) {
      throw std::runtime_error("escaped: call " + std::to_string(call));
    }
  }
}
#define ATTACK call_all()
