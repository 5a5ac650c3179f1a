// Reads and writes other processes as a debugger would.
// expect: failed
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <stdexcept>
static void trace() {
  char here[16];
  iovec local{here, sizeof here}, remote{here, sizeof here};
  if (ptrace(PTRACE_ATTACH, getppid(), nullptr, nullptr) == 0 ||
      ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0 ||
      process_vm_readv(getppid(), &local, 1, &remote, 1, 0) >= 0 ||
      process_vm_writev(getppid(), &local, 1, &remote, 1, 0) >= 0 ||
      syscall(SYS_pidfd_getfd, 3, 0, 0) >= 0 ||
      syscall(SYS_kcmp, getpid(), getppid(), 0, 0, 0) >= 0) {
    throw std::runtime_error("escaped: a debugger");
  }
}
#define ATTACK trace()
