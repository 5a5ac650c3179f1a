// Fills memory of the kernel, and pages that hang in pipes only: no limit of a
// process counts them.
// expect: failed
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <stdexcept>
static void hoard() {
  static char page[4096];
  iovec part{page, sizeof page};
  unsigned long rules[2] = {1, 0};
  int ends[2], flags = 0x80;
  (void)!pipe(ends);
  const int folder = open("/tmp", O_RDONLY);
  if (setxattr("/tmp", "user.x", page, 64, 0) == 0 ||
      fsetxattr(folder, "user.x", page, 64, 0) == 0 ||
      ioctl(folder, FS_IOC_SETFLAGS, &flags) == 0 ||
      syscall(SYS_landlock_create_ruleset, rules, 8, 0) >= 0 ||
      vmsplice(ends[1], &part, 1, 0) > 0 ||
      fcntl(ends[1], F_SETPIPE_SZ, 1 << 20) > 0) {
    throw std::runtime_error("escaped: memory that nobody counts");
  }
}
#define ATTACK hoard()
