// Registers a constructor as compilers did long ago.
// expect: denied
static void early() {}
__attribute__((section(".ctors.65535"), used)) static void (*pointer)() = early;
