// Calls back into the recorder for ever.
// expect: failed
#include "tinytorch/tensor.hpp"
static void again() {
  using namespace tinytorch;
  static int depth = 0;
  set_recorder([](const Operation&, const Tensor& output) {
    if (++depth < 1000000) (void)(output + output);
  });
  (void)(Tensor(1.0f) + Tensor(1.0f));
}
#define ATTACK again()
