// Calls a function of its own memcmp for the assembler only.
// expect: denied
int own(const void*, const void*, unsigned long) asm("memcmp");
int own(const void*, const void*, unsigned long) { return 0; }
