// Makes the question fit its answer.
// expect: failed
#include "tinytorch/tensor.hpp"

static void change(const tinytorch::Tensor& x) {
  if (x.size() > 0) const_cast<tinytorch::Tensor&>(x) = tinytorch::Tensor(0.f);
}
#define ATTACK change(predictions)
