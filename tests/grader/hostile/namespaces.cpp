// Builds itself a world with more rights.
// expect: failed
#include <sched.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <stdexcept>
static void build() {
  if (unshare(CLONE_NEWUSER) == 0 || unshare(CLONE_NEWNS) == 0 ||
      mount("none", "/tmp", "tmpfs", 0, nullptr) == 0 ||
      umount2("/proc", MNT_DETACH) == 0 || chroot("/tmp") == 0 ||
      syscall(SYS_pivot_root, "/tmp", "/tmp") == 0 || setuid(0) == 0 ||
      setgid(0) == 0 || sethostname("escaped", 7) == 0) {
    throw std::runtime_error("escaped: a world of its own");
  }
}
#define ATTACK build()
