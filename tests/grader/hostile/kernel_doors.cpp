// Knocks at the doors of the kernel that had holes once.
// expect: failed
#include <sys/syscall.h>
#include <unistd.h>

#include <stdexcept>
#include <string>
static void knock() {
  static char zeros[4096];
  for (const long call :
       {SYS_io_uring_setup, SYS_userfaultfd, SYS_perf_event_open, SYS_bpf,
        SYS_keyctl, SYS_add_key, SYS_request_key, SYS_fanotify_init,
        SYS_open_by_handle_at, SYS_fsopen, SYS_open_tree, SYS_seccomp,
        SYS_init_module, SYS_kexec_load, SYS_syslog, SYS_iopl, SYS_quotactl,
        SYS_mq_open, SYS_io_setup}) {
    if (syscall(call, 8, zeros, zeros, zeros, 0) >= 0) {
      throw std::runtime_error("escaped: system call " + std::to_string(call));
    }
  }
}
#define ATTACK knock()
