// Names another dynamic linker.
// expect: denied
__attribute__((section(".interp"), used)) static const char interpreter[] =
    "/tmp/none";
