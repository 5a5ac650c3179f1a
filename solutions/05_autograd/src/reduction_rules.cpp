// Module 05, part 5: the way back through reductions.
//
// A reduction along an axis has the attributes {axis, keepdims}; one over all
// elements has none.
// <solution>
#include <algorithm>

// </solution>
#include "tinytorch/autograd.hpp"

namespace tinytorch {
namespace {
// <solution>

/// A reduction's result or gradient, of which every element stands where it
/// came from, repeated over what was reduced. A view.
Tensor expand(const Node& node, const Tensor& reduced) {
  const Shape& shape = node.shape(0);
  Shape kept(shape.size(), 1);
  if (!node.attributes().empty() && !shape.empty()) {
    kept = shape;
    const std::int64_t axis = node.attributes()[0];
    kept[static_cast<std::size_t>(normalize_axis(
        "expand", axis, static_cast<std::int64_t>(kept.size())))] = 1;
  }
  return reduced.reshape(kept).broadcast_to(shape);
}

/// max and min: the gradient goes where the extreme element is. Several equal
/// ones share it evenly, as PyTorch's amax has it.
std::vector<Tensor> extreme_backward(const Node& node, const Tensor& gradient,
                                     const Tensor& extreme) {
  const Tensor x = node.input(0).contiguous();
  const Tensor best = expand(node, extreme).contiguous();
  Tensor chosen = Tensor::empty(x.shape());
  float* marks = chosen.mutable_data();
  for (std::int64_t i = 0; i < x.size(); ++i) {
    marks[i] = x.data()[i] == best.data()[i] ? 1.0f : 0.0f;
  }
  const Tensor count = node.attributes().empty()
                           ? chosen.sum()
                           : chosen.sum(node.attributes()[0], true);
  return {chosen * expand(node, gradient) / count};
}

std::optional<std::int64_t> axis_of(const Node& node) {
  if (node.attributes().empty()) return {};
  return node.attributes()[0];
}
// </solution>

// y = sum(x)
std::vector<Tensor> sum_backward(const Node& node, const Tensor& gradient) {
  // <solution task="05.7" name="sum_backward" args="node, gradient">
  return {expand(node, gradient)};
  // </solution>
}

// y = mean(x)
std::vector<Tensor> mean_backward(const Node& node, const Tensor& gradient) {
  // <solution task="05.7" name="mean_backward" args="node, gradient">
  const std::int64_t elements = numel(node.shape(0));
  const std::int64_t averaged =
      elements / std::max<std::int64_t>(gradient.size(), 1);
  return {expand(node, gradient / static_cast<float>(averaged))};
  // </solution>
}

// y = max(x)
std::vector<Tensor> max_backward(const Node& node, const Tensor& gradient) {
  // <solution task="05.7" name="max_backward" args="node, gradient">
  return extreme_backward(node, gradient, node.input(0).max(axis_of(node)));
  // </solution>
}

// y = min(x)
std::vector<Tensor> min_backward(const Node& node, const Tensor& gradient) {
  // <solution task="05.7" name="min_backward" args="node, gradient">
  return extreme_backward(node, gradient, node.input(0).min(axis_of(node)));
  // </solution>
}

}  // namespace

void register_reduction_rules() {
  register_rule("sum", {sum_backward, Save::nothing});
  register_rule("mean", {mean_backward, Save::nothing});
  register_rule("max", {max_backward, Save::inputs});
  register_rule("min", {min_backward, Save::inputs});
}

}  // namespace tinytorch
