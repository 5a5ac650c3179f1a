// Runs before the secret is read.
// expect: denied
static volatile int seen;
__attribute__((constructor(101))) static void early() { seen = 1; }
