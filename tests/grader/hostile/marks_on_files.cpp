// Talks to who is graded at the same time, through files that both may read:
// by locks on them, by notes about them, by watching who opens them.
// expect: failed
#include <fcntl.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <stdexcept>
#include <string>
static void talk() {
  const int file = open("/proc/self/exe", O_RDONLY);
  for (const int command :
       {F_GETLK, F_SETLK, F_SETLKW, F_OFD_GETLK, F_OFD_SETLK, F_OFD_SETLKW}) {
    struct flock lock {};
    lock.l_type = F_RDLCK;
    lock.l_len = 1;
    if (fcntl(file, command, &lock) == 0) {
      throw std::runtime_error("escaped: lock " + std::to_string(command));
    }
  }
  unsigned long hint = 2;
  if (flock(file, LOCK_SH) == 0 || fcntl(file, F_SET_RW_HINT, &hint) == 0 ||
      inotify_init() >= 0 || inotify_init1(0) >= 0 || syncfs(file) == 0 ||
      fsync(file) == 0 || posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED) == 0) {
    throw std::runtime_error("escaped: a mark on a file of others");
  }
}
#define ATTACK talk()
