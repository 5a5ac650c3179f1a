#include "confine.hpp"

#include <fcntl.h>
#include <linux/seccomp.h>
#include <linux/sockios.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <stdexcept>

namespace grader {
namespace {

// Stand in the compiled filter for values that are known only later.
constexpr std::uint32_t kPassHigh = 0x5ec0de01, kPassLow = 0x5ec0de02;
constexpr std::uint32_t kSelf = 0x5ec0de03;
constexpr std::uint64_t kPass = std::uint64_t{kPassHigh} << 32 | kPassLow;

/// The newest system call that somebody has thought about, futex_waitv. Later
/// ones do not exist for confined code, as if the kernel were older; libraries
/// then do without. To raise the number, read what each call up to the new one
/// does (from 424 on, all architectures count alike), and deny here what code
/// that nobody has read must not do.
constexpr std::uint32_t kNewestCall = 449;

constexpr const char* kDenied[] = {
    // processes
    "fork", "vfork", "execveat", "setsid", "setpgid", "ptrace",
    "process_vm_readv", "process_vm_writev", "kill", "tkill", "rt_sigqueueinfo",
    "rt_tgsigqueueinfo", "pidfd_open", "pidfd_getfd", "pidfd_send_signal",
    "unshare", "setns", "process_madvise", "setpriority", "ioprio_set",
    "sched_setscheduler", "sched_setparam", "sched_setattr", "setrlimit",
    "kcmp", "setuid", "setgid", "setreuid", "setregid", "setresuid",
    "setresgid", "setgroups", "capset", "setfsuid", "setfsgid", "migrate_pages",
    "move_pages", "process_mrelease",
    // network and messages that outlive the process
    "socket", "socketpair", "connect", "bind", "listen", "shmget", "shmat",
    "shmctl", "msgget", "msgsnd", "msgrcv", "msgctl", "semget", "semop",
    "semtimedop", "semctl", "mq_open", "mq_unlink", "memfd_create",
    "memfd_secret", "add_key", "request_key", "keyctl",
    // files that others read as well: who locks, opens and has read them
    "flock", "inotify_init", "inotify_init1", "inotify_add_watch", "readahead",
    "fadvise64",
    // memory that no limit counts: the kernel's own, or pages in pipes
    "setxattr", "lsetxattr", "fsetxattr", "removexattr", "lremovexattr",
    "fremovexattr", "landlock_create_ruleset", "landlock_add_rule",
    "landlock_restrict_self", "splice", "tee", "vmsplice",
    // the machine
    "openat2", "mknod", "mknodat", "open_by_handle_at", "name_to_handle_at",
    "mount", "umount2", "pivot_root", "chroot", "open_tree", "move_mount",
    "fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr", "swapon",
    "swapoff", "sync", "syncfs", "sync_file_range", "mlock", "mlock2",
    "mlockall", "mbind", "set_mempolicy", "reboot", "kexec_load",
    "kexec_file_load", "init_module", "finit_module", "delete_module",
    "settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "sethostname",
    "setdomainname", "ioperm", "iopl", "acct", "quotactl", "quotactl_fd",
    "syslog", "vhangup", "bpf", "perf_event_open", "userfaultfd",
    "fanotify_init", "io_uring_setup", "io_uring_enter", "io_uring_register",
    "io_setup", "seccomp"};

constexpr const char* kWriting[] = {
    "unlink",   "unlinkat",  "rename",    "renameat", "renameat2", "mkdir",
    "mkdirat",  "rmdir",     "link",      "linkat",   "symlink",   "symlinkat",
    "truncate", "ftruncate", "fallocate", "chmod",    "fchmod",    "fchmodat",
    "chown",    "fchown",    "lchown",    "fchownat", "creat",     "utime",
    "utimes",   "utimensat", "futimesat", "fsync",    "fdatasync", "msync"};

class Filter {
 public:
  Filter() : context_(seccomp_init(SCMP_ACT_ALLOW), seccomp_release) {
    if (!context_) throw std::runtime_error("libseccomp cannot start");
  }

  template <class... Comparisons>
  void refuse(const char* name, int error, Comparisons... comparisons) {
    const int number = seccomp_syscall_resolve_name(name);
    if (number == __NR_SCMP_ERROR) {
      throw std::runtime_error(
          std::string("libseccomp does not know the system call ") + name);
    }
    if (number < 0) return;  // this architecture lacks it
    const scmp_arg_cmp list[] = {comparisons..., {}};
    check(seccomp_rule_add_array(context_.get(), SCMP_ACT_ERRNO(error), number,
                                 sizeof...(comparisons), list));
  }

  std::vector<sock_filter> compile() const {
    const int file = memfd_create("filter", MFD_CLOEXEC);
    check(file < 0 ? -errno : seccomp_export_bpf(context_.get(), file));
    const off_t size = lseek(file, 0, SEEK_END);
    std::vector<sock_filter> code(static_cast<std::size_t>(size) /
                                  sizeof(sock_filter));
    const ssize_t got = pread(file, code.data(), size, 0);
    close(file);
    if (got != size) throw std::runtime_error("cannot read the seccomp filter");
    return code;
  }

 private:
  static void check(int result) {
    if (result < 0) {
      throw std::runtime_error("libseccomp refuses the filter: error " +
                               std::to_string(-result));
    }
  }

  std::unique_ptr<void, decltype(&seccomp_release)> context_;
};

scmp_arg_cmp bit_set(unsigned argument, std::uint64_t bit) {
  return {argument, SCMP_CMP_MASKED_EQ, bit, bit};
}

scmp_arg_cmp equal(unsigned argument, std::uint64_t value) {
  return {argument, SCMP_CMP_MASKED_EQ, 0xffffffff, value};
}

scmp_arg_cmp differs(unsigned argument, std::uint64_t value) {
  return {argument, SCMP_CMP_NE, value, 0};
}

void refuse_writing(Filter& filter) {
  for (const char* name : kWriting) filter.refuse(name, EPERM);
  const std::uint64_t bits[] = {O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND};
  for (const std::uint64_t bit : bits) {
    filter.refuse("open", EPERM, bit_set(1, bit));
    filter.refuse("openat", EPERM, bit_set(2, bit));
  }
}

void refuse_processes(Filter& filter) {
  filter.refuse("clone", EPERM,
                scmp_arg_cmp{0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0});
  // A thread with descriptors of its own would have as many once more.
  filter.refuse("clone", EPERM,
                scmp_arg_cmp{0, SCMP_CMP_MASKED_EQ, CLONE_FILES, 0});
  filter.refuse("close_range", EPERM, bit_set(2, CLOSE_RANGE_UNSHARE));
  // glibc falls back to clone, whose flags a filter can see.
  filter.refuse("clone3", ENOSYS);
  filter.refuse("execve", EPERM, differs(3, kPass));
  filter.refuse("tgkill", EPERM, differs(0, kSelf));
  filter.refuse("sched_setaffinity", EPERM, differs(0, 0));
}

/// Ways to signal others, to type into a terminal and to lift limits that hide
/// in calls which are otherwise harmless.
void refuse_side_doors(Filter& filter) {
  for (const int command : {F_SETOWN, 15 /* F_SETOWN_EX */, 10 /* F_SETSIG */,
                            F_SETLEASE, F_NOTIFY}) {
    filter.refuse("fcntl", EPERM, equal(1, command));
  }
  for (const int request : {FIOSETOWN, SIOCSPGRP, TIOCSTI, TIOCSCTTY}) {
    filter.refuse("ioctl", EPERM, equal(1, request));
  }
  for (const int option : {PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_SCHED_CORE}) {
    filter.refuse("prctl", EPERM, equal(0, option));
  }
  filter.refuse("prlimit64", EPERM, differs(2, 0));
}

/// What a file that is open for reading lets its readers do to each other, in
/// whichever sandbox they are, and to the file system.
void refuse_marks_on_files(Filter& filter) {
  for (const int command :
       {F_GETLK, F_SETLK, F_SETLKW, F_OFD_GETLK, F_OFD_SETLK, F_OFD_SETLKW,
        F_SET_RW_HINT, F_SET_FILE_RW_HINT, F_SETPIPE_SZ}) {
    filter.refuse("fcntl", EPERM, equal(1, command));
  }
  // ioctls of file systems: flags, keys, frozen or shared blocks.
  for (const std::uint64_t family : {0x66U, 0x58U, 0x94U}) {
    filter.refuse("ioctl", EPERM,
                  scmp_arg_cmp{1, SCMP_CMP_MASKED_EQ, 0xff00, family << 8});
  }
}

/// In front of all else: libseccomp can say this of no number that it does not
/// know, nor of those of another calling convention (x32).
std::vector<sock_filter> behind_newest(std::vector<sock_filter> filter) {
  const sock_filter first[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, kNewestCall, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS)};
  filter.insert(filter.begin(), std::begin(first), std::end(first));
  return filter;
}

std::vector<sock_filter> compile_template(bool writes) {
  Filter filter;
  for (const char* name : kDenied) filter.refuse(name, EPERM);
  if (!writes) refuse_writing(filter);
  refuse_processes(filter);
  refuse_side_doors(filter);
  refuse_marks_on_files(filter);
  return behind_newest(filter.compile());
}

std::size_t replace(std::vector<sock_filter>& filter, std::uint32_t from,
                    std::uint32_t to) {
  std::size_t count = 0;
  for (sock_filter& line : filter) {
    if (BPF_CLASS(line.code) == BPF_JMP && line.k == from) {
      line.k = to;
      ++count;
    }
  }
  return count;
}

/// Each takes libseccomp a moment; most processes need one of them at most.
const std::vector<sock_filter>& common(bool writes) {
  if (writes) {
    static const auto also_writes = compile_template(true);
    return also_writes;
  }
  static const auto reads_only = compile_template(false);
  return reads_only;
}

}  // namespace

std::vector<sock_filter> confinement(std::uint64_t pass, bool writes) {
  std::vector<sock_filter> filter = common(writes);
  if (replace(filter, kPassHigh, static_cast<std::uint32_t>(pass >> 32)) == 0 ||
      replace(filter, kPassLow, static_cast<std::uint32_t>(pass)) == 0) {
    throw std::runtime_error("libseccomp lost the rule for execve");
  }
  return filter;
}

void allow_signals_to(std::vector<sock_filter>& filter, pid_t self) {
  replace(filter, kSelf, static_cast<std::uint32_t>(self));
}

}  // namespace grader
