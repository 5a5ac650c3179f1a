// Makes system calls as a 32-bit and as an x32 program would.
// expect: failed
#include <sys/syscall.h>
#include <unistd.h>

#include <stdexcept>
static void call() {
  const long fork_of_x32 = syscall(0x40000000 + SYS_fork);
  if (fork_of_x32 >= 0) throw std::runtime_error("escaped: x32");
  long result = 2;  // fork, if this is 32-bit code
  asm volatile("int $0x80" : "+a"(result) : "b"(0) : "memory");
  if (result >= 0) throw std::runtime_error("escaped: int 0x80");
}
#define ATTACK call()
