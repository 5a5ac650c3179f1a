// Asks the compiler which files exist.
// expect: failed
#if __has_include("@CANARY@") ||        \
                  __has_include(        \
                      "/etc/passwd") || \
                      __has_include("@COURSE@/modules/curriculum.json")
#error escaped: files outside can be seen
#endif
