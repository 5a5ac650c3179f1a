// Gives an innocent function the name of another.
// expect: denied
int innocent(const void*, const void*, unsigned long) asm("memcmp");
int innocent(const void*, const void*, unsigned long) { return 0; }
