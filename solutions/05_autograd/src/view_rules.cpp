// Module 05, part 6: the way back through views and copies.
//
// Attributes: transpose {dim0, dim1}, permute its dims, slice {dim, start,
// stop, step}; the others have none.
// <solution>
#include <algorithm>

// </solution>
#include "tinytorch/autograd.hpp"

namespace tinytorch {
namespace {

// y = reshape(x)
std::vector<Tensor> reshape_backward(const Node& node, const Tensor& gradient) {
  // <solution task="05.8" name="reshape_backward" args="node, gradient">
  return {gradient.reshape(node.shape(0))};
  // </solution>
}

// y = transpose(x, dim0, dim1)
std::vector<Tensor> transpose_backward(const Node& node,
                                       const Tensor& gradient) {
  // <solution task="05.8" name="transpose_backward" args="node, gradient">
  return {gradient.transpose(node.attributes()[0], node.attributes()[1])};
  // </solution>
}

// y = permute(x, dims)
std::vector<Tensor> permute_backward(const Node& node, const Tensor& gradient) {
  // <solution task="05.8" name="permute_backward" args="node, gradient">
  const Shape& dims = node.attributes();
  const auto rank = static_cast<std::int64_t>(dims.size());
  std::vector<std::int64_t> inverse(dims.size());
  for (std::int64_t i = 0; i < rank; ++i) {
    const std::int64_t from =
        normalize_axis("permute", dims[static_cast<std::size_t>(i)], rank);
    inverse[static_cast<std::size_t>(from)] = i;
  }
  return {gradient.permute(inverse)};
  // </solution>
}

// y = slice(x, dim, start, stop, step)
std::vector<Tensor> slice_backward(const Node& node, const Tensor& gradient) {
  // <solution task="05.8" name="slice_backward" args="node, gradient">
  const Shape& a = node.attributes();
  Tensor whole = Tensor::zeros(node.shape(0));
  const Tensor part = whole.slice(a[0], a[1], a[2], a[3]);
  const Tensor source = gradient.contiguous();
  const auto dim =
      static_cast<std::size_t>(normalize_axis("slice", a[0], whole.rank()));
  // Rows of `inner` neighbours: one for each element of the sliced dimension.
  const std::int64_t count = part.shape()[dim];
  const std::int64_t inner = whole.strides()[dim];
  float* target = whole.mutable_data() + part.offset();
  for (std::int64_t row = 0; inner > 0 && row * inner < source.size(); ++row) {
    const std::int64_t block = row / count * whole.shape()[dim] * inner;
    std::copy_n(source.data() + row * inner, inner,
                target + block + row % count * part.strides()[dim]);
  }
  return {whole};
  // </solution>
}

// y = broadcast_to(x, shape)
std::vector<Tensor> broadcast_to_backward(const Node& node,
                                          const Tensor& gradient) {
  // <solution task="05.8" name="broadcast_to_backward" args="node, gradient">
  return {sum_to(gradient, node.shape(0))};
  // </solution>
}

// y = clone(x)
std::vector<Tensor> clone_backward(const Node&, const Tensor& gradient) {
  // <solution task="05.8" name="clone_backward" args="gradient">
  return {gradient};
  // </solution>
}

}  // namespace

void register_view_rules() {
  register_rule("reshape", {reshape_backward, Save::nothing});
  register_rule("transpose", {transpose_backward, Save::nothing});
  register_rule("permute", {permute_backward, Save::nothing});
  register_rule("slice", {slice_backward, Save::nothing});
  register_rule("broadcast_to", {broadcast_to_backward, Save::nothing});
  register_rule("clone", {clone_backward, Save::nothing});
}

}  // namespace tinytorch
