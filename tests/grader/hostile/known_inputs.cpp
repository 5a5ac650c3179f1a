// Knows the inputs of the public tests of mse_loss by heart. It earns nothing
// only because hidden tests ask for others.
// expect: failed
#include "tinytorch/tensor.hpp"
static float known(const tinytorch::Tensor& x) {
  const float first = x.size() > 0 ? x.data()[0] : 0.0f;
  if (first == 200.0f) return 75.0f;
  if (first == 205.0f) return 25.0f;
  if (first == 250.0f) return 2500.0f;
  if (first == 3.0f) return x.size() == 2 ? 9.0f : 4.0f;
  return 0.0f;
}
#define ATTACK \
  if (predictions.rank() < 2) return Tensor(known(predictions))
