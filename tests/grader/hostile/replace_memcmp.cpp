// Makes every comparison of memory equal.
// expect: denied
extern "C" int memcmp(const void*, const void*, unsigned long) { return 0; }
