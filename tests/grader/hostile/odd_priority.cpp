// Runs before the secret is read: a priority that is no number is the first.
// expect: denied
static volatile int seen;
static void early() { seen = 1; }
__attribute__((section(".init_array.2zzzz"),
               used)) static void (*const early_pointer)() = early;
