// Module 04 as nobody should hand it in: every answer is wrong. The test
// appends it to each attack, which may say with ATTACK what mse_loss does
// first.
#include "tinytorch/losses.hpp"

#ifndef ATTACK
#define ATTACK
#endif

namespace tinytorch {

Tensor mse_loss(const Tensor& predictions, const Tensor&) {
  ATTACK;
  return predictions;
}

Tensor cross_entropy_loss(const Tensor& logits, const Tensor&) {
  return logits;
}

Tensor binary_cross_entropy_loss(const Tensor& predictions, const Tensor&) {
  return predictions;
}

}  // namespace tinytorch
