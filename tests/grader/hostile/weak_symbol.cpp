// Offers a weak strlen, in case nobody else has one.
// expect: denied
extern "C" __attribute__((weak)) unsigned long strlen(const char*) { return 0; }
