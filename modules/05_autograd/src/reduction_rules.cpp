// Module 05, part 5: the way back through reductions.
//
// A reduction along an axis has the attributes {axis, keepdims}; one over all
// elements has none.
#include "tinytorch/autograd.hpp"

namespace tinytorch {
namespace {

// y = sum(x)
std::vector<Tensor> sum_backward(const Node& node, const Tensor& gradient) {
  // TODO(05.7): sum_backward
  not_implemented("05.7", "sum_backward", node, gradient);
}

// y = mean(x)
std::vector<Tensor> mean_backward(const Node& node, const Tensor& gradient) {
  // TODO(05.7): mean_backward
  not_implemented("05.7", "mean_backward", node, gradient);
}

// y = max(x)
std::vector<Tensor> max_backward(const Node& node, const Tensor& gradient) {
  // TODO(05.7): max_backward
  not_implemented("05.7", "max_backward", node, gradient);
}

// y = min(x)
std::vector<Tensor> min_backward(const Node& node, const Tensor& gradient) {
  // TODO(05.7): min_backward
  not_implemented("05.7", "min_backward", node, gradient);
}

}  // namespace

void register_reduction_rules() {
  register_rule("sum", {sum_backward, Save::nothing});
  register_rule("mean", {mean_backward, Save::nothing});
  register_rule("max", {max_backward, Save::inputs});
  register_rule("min", {min_backward, Save::inputs});
}

}  // namespace tinytorch
