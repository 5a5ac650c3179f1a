// Writes wherever it might: its program, the sandbox, the machine.
// expect: failed
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stdexcept>
#include <string>
static void write_all() {
  for (const char* name :
       {"x", "tests_04_losses", "/tmp/x", "/dev/shm/x", "/x", "/run/jail",
        "/usr/lib/x", "@CANARY@", "/proc/self/oom_score_adj", "/proc/1/mem",
        "/proc/self/comm", "/proc/sysrq-trigger", "/etc/ld.so.preload"}) {
    if (open(name, O_WRONLY | O_CREAT, 0666) >= 0 || creat(name, 0666) >= 0 ||
        mkdir((std::string(name) + "d").c_str(), 0777) == 0 ||
        symlink("/etc/passwd", (std::string(name) + "s").c_str()) == 0 ||
        mknod((std::string(name) + "n").c_str(), S_IFIFO | 0666, 0) == 0 ||
        unlink(name) == 0 || chmod(name, 0777) == 0) {
      throw std::runtime_error(std::string("escaped: changed ") + name);
    }
  }
}
#define ATTACK write_all()
