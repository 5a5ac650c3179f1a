// Prints every number as 0.
// expect: denied
extern "C" int vsnprintf(char* text, unsigned long, const char*,
                         __builtin_va_list) {
  text[0] = '0';
  text[1] = 0;
  return 1;
}
