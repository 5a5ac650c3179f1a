// Runs instructions that this machine does not have.
// expect: failed
#define ATTACK asm volatile("ud2")
