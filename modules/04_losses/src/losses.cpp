// Module 04: one number that says how wrong the predictions are.
#include "tinytorch/losses.hpp"

#include "tinytorch/activations.hpp"

namespace tinytorch {

Tensor mse_loss(const Tensor& predictions, const Tensor& targets) {
  // TODO(04.1): mse_loss
  not_implemented("04.1", "mse_loss", predictions, targets);
}

Tensor cross_entropy_loss(const Tensor& logits, const Tensor& targets) {
  Tensor result;
  // TODO(04.2): cross_entropy_loss
  not_implemented("04.2", "cross_entropy_loss", logits, targets);
  return record("cross_entropy", {&logits, &targets}, result);
}

Tensor binary_cross_entropy_loss(const Tensor& predictions,
                                 const Tensor& targets) {
  Tensor result;
  // TODO(04.3): binary_cross_entropy_loss
  not_implemented("04.3", "binary_cross_entropy_loss", predictions, targets);
  return record("binary_cross_entropy", {&predictions, &targets}, result);
}

}  // namespace tinytorch
