// Module 05, part 8: where gradients begin. mse_loss is made of operations
// that have their rules already.
// <solution>
#include <algorithm>

// </solution>
#include "tinytorch/activations.hpp"
#include "tinytorch/autograd.hpp"

namespace tinytorch {
namespace {
// <solution>

/// PyTorch's bound: a confident mistake has a large gradient, not an infinite
/// one.
constexpr float kSmallest = 1e-12f;
// </solution>

// loss = cross_entropy_loss(logits, targets); targets get no gradient.
std::vector<Tensor> cross_entropy_backward(const Node& node,
                                           const Tensor& gradient) {
  // <solution task="05.11" name="cross_entropy_backward" args="node, gradient">
  const Tensor targets = node.input(1).contiguous();
  Tensor difference = softmax(node.input(0), 1);
  const std::int64_t classes = node.shape(0)[1];
  float* row = difference.mutable_data();
  for (std::int64_t n = 0; n < targets.size(); ++n, row += classes) {
    row[static_cast<std::int64_t>(targets.data()[n])] -= 1.0f;
  }
  return {difference * (gradient / static_cast<float>(targets.size()))};
  // </solution>
}

// loss = binary_cross_entropy_loss(p, y); y gets no gradient.
std::vector<Tensor> binary_cross_entropy_backward(const Node& node,
                                                  const Tensor& gradient) {
  // <solution task="05.11" name="binary_cross_entropy_backward" args="node,
  // gradient">
  const Tensor p = node.input(0).contiguous();
  const Tensor y = node.input(1).contiguous();
  Tensor slope = Tensor::empty(p.shape());
  std::transform(p.data(), p.data() + p.size(), y.data(), slope.mutable_data(),
                 [](float probability, float label) {
                   const float variance = probability * (1.0f - probability);
                   return (probability - label) / std::max(variance, kSmallest);
                 });
  return {slope * (gradient / static_cast<float>(p.size()))};
  // </solution>
}

}  // namespace

void register_loss_rules() {
  register_rule("cross_entropy", {cross_entropy_backward, Save::inputs});
  register_rule("binary_cross_entropy",
                {binary_cross_entropy_backward, Save::inputs});
}

}  // namespace tinytorch
