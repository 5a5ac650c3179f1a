// Defines the memcmp of one version of the C library.
// expect: denied
extern "C" int other(const void*, const void*, unsigned long) { return 0; }
asm(".symver other, memcmp@@GLIBC_2.2.5");
