// Comes between an exception and whoever would catch it.
// expect: denied
extern "C" void __cxa_throw(void*, void*, void (*)(void*)) {
  for (;;) __builtin_trap();
}
