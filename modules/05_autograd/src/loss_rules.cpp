// Module 05, part 8: where gradients begin. mse_loss is made of operations
// that have their rules already.
#include "tinytorch/activations.hpp"
#include "tinytorch/autograd.hpp"

namespace tinytorch {
namespace {

// loss = cross_entropy_loss(logits, targets); targets get no gradient.
std::vector<Tensor> cross_entropy_backward(const Node& node,
                                           const Tensor& gradient) {
  // TODO(05.11): cross_entropy_backward
  not_implemented("05.11", "cross_entropy_backward", node, gradient);
}

// loss = binary_cross_entropy_loss(p, y); y gets no gradient.
std::vector<Tensor> binary_cross_entropy_backward(const Node& node,
                                                  const Tensor& gradient) {
  // TODO(05.11): binary_cross_entropy_backward
  not_implemented("05.11", "binary_cross_entropy_backward", node, gradient);
}

}  // namespace

void register_loss_rules() {
  register_rule("cross_entropy", {cross_entropy_backward, Save::inputs});
  register_rule("binary_cross_entropy",
                {binary_cross_entropy_backward, Save::inputs});
}

}  // namespace tinytorch
