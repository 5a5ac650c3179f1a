// Module 05, part 3: the way back through arithmetic.
#include "tinytorch/autograd.hpp"

namespace tinytorch {

Tensor sum_to(const Tensor& gradient, const Shape& shape) {
  // <solution task="05.4" name="sum_to" args="gradient, shape">
  if (broadcast_shapes("sum_to", gradient.shape(), shape) != gradient.shape()) {
    throw ShapeError("sum_to: a tensor of shape " + to_string(shape) +
                     " does not broadcast to " + to_string(gradient.shape()));
  }
  Tensor sum = gradient;
  while (sum.shape().size() > shape.size()) sum = sum.sum(0);
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const auto axis = static_cast<std::int64_t>(i);
    if (sum.shape()[i] != shape[i]) sum = sum.sum(axis, true);
  }
  return sum;
  // </solution>
}

namespace {

// c = a + b
std::vector<Tensor> add_backward(const Node& node, const Tensor& gradient) {
  // <solution task="05.5" name="add_backward" args="node, gradient">
  return {sum_to(gradient, node.shape(0)), sum_to(gradient, node.shape(1))};
  // </solution>
}

// c = a - b
std::vector<Tensor> subtract_backward(const Node& node,
                                      const Tensor& gradient) {
  // <solution task="05.5" name="subtract_backward" args="node, gradient">
  return {sum_to(gradient, node.shape(0)),
          node.needs(1) ? -sum_to(gradient, node.shape(1)) : Tensor()};
  // </solution>
}

// c = a * b
std::vector<Tensor> multiply_backward(const Node& node,
                                      const Tensor& gradient) {
  // <solution task="05.5" name="multiply_backward" args="node, gradient">
  // An input is looked at only where it is needed: the other one may have been
  // changed in place.
  const auto gradient_of = [&](std::size_t i, std::size_t other) {
    if (!node.needs(i)) return Tensor();
    return sum_to(gradient * node.input(other), node.shape(i));
  };
  return {gradient_of(0, 1), gradient_of(1, 0)};
  // </solution>
}

// c = a / b
std::vector<Tensor> divide_backward(const Node& node, const Tensor& gradient) {
  // <solution task="05.5" name="divide_backward" args="node, gradient">
  const Tensor& b = node.input(1);
  const Tensor share = gradient / b;
  std::vector<Tensor> gradients = {sum_to(share, node.shape(0)), Tensor()};
  if (node.needs(1)) {
    gradients[1] = -sum_to(share * (node.input(0) / b), node.shape(1));
  }
  return gradients;
  // </solution>
}

// c = -a
std::vector<Tensor> negate_backward(const Node&, const Tensor& gradient) {
  // <solution task="05.5" name="negate_backward" args="gradient">
  return {-gradient};
  // </solution>
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
