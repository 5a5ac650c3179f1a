// Teaches printf to print every floating-point number as 0.
// expect: failed
#include <printf.h>
static int zero(FILE* file, const printf_info*, const void* const*) {
  return std::fputs("0", file);
}
static int one_double(const printf_info*, std::size_t, int* types, int*) {
  *types = PA_DOUBLE;
  return 1;
}
static const int taught = register_printf_specifier('g', zero, one_double);
