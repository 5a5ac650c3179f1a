// A constant that takes for ever to compute.
// expect: compile-error limit
constexpr int spin() {
  int n = 0;
  for (unsigned i = 0; i < 4000000000u; ++i) {
    for (unsigned j = 0; j < 4000000000u; ++j) n ^= i;
  }
  return n;
}
static_assert(spin() == 0);
