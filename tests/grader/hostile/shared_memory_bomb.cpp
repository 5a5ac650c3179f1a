// Takes memory that belongs to no process.
// expect: failed
#include <fcntl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

#include <stdexcept>
static void take() {
  if (memfd_create("hoard", 0) >= 0 ||
      shm_open("/hoard", O_CREAT | O_RDWR, 0600) >= 0 ||
      shmget(IPC_PRIVATE, 1 << 20, IPC_CREAT | 0600) >= 0 ||
      msgget(IPC_PRIVATE, IPC_CREAT | 0600) >= 0 ||
      semget(IPC_PRIVATE, 1, IPC_CREAT | 0600) >= 0) {
    throw std::runtime_error("escaped: shared memory");
  }
}
#define ATTACK take()
