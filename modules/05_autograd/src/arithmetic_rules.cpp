// Module 05, part 3: the way back through arithmetic.
#include "tinytorch/autograd.hpp"

namespace tinytorch {

Tensor sum_to(const Tensor& gradient, const Shape& shape) {
  // TODO(05.4): sum_to
  not_implemented("05.4", "sum_to", gradient, shape);
}

namespace {

// c = a + b
std::vector<Tensor> add_backward(const Node& node, const Tensor& gradient) {
  // TODO(05.5): add_backward
  not_implemented("05.5", "add_backward", node, gradient);
}

// c = a - b
std::vector<Tensor> subtract_backward(const Node& node,
                                      const Tensor& gradient) {
  // TODO(05.5): subtract_backward
  not_implemented("05.5", "subtract_backward", node, gradient);
}

// c = a * b
std::vector<Tensor> multiply_backward(const Node& node,
                                      const Tensor& gradient) {
  // TODO(05.5): multiply_backward
  not_implemented("05.5", "multiply_backward", node, gradient);
}

// c = a / b
std::vector<Tensor> divide_backward(const Node& node, const Tensor& gradient) {
  // TODO(05.5): divide_backward
  not_implemented("05.5", "divide_backward", node, gradient);
}

// c = -a
std::vector<Tensor> negate_backward(const Node&, const Tensor& gradient) {
  // TODO(05.5): negate_backward
  not_implemented("05.5", "negate_backward", gradient);
}

}  // namespace

void register_arithmetic_rules() {
  register_rule("add", {add_backward, Save::nothing});
  register_rule("subtract", {subtract_backward, Save::nothing});
  register_rule("multiply", {multiply_backward, Save::inputs});
  register_rule("divide", {divide_backward, Save::inputs});
  register_rule("negate", {negate_backward, Save::nothing});
}

}  // namespace tinytorch
