// Runs before every constructor.
// expect: denied
static void early() {}
__attribute__((section(".preinit_array"),
               used)) static void (*pointer)() = early;
