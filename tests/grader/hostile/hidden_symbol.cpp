// Defines memcmp for this program only.
// expect: denied
extern "C" __attribute__((visibility("hidden"))) int memcmp(const void*,
                                                            const void*,
                                                            unsigned long) {
  return 0;
}
