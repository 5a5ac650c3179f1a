// Module 05, part 6: the way back through views and copies.
//
// Attributes: transpose {dim0, dim1}, permute its dims, slice {dim, start,
// stop, step}; the others have none.
#include "tinytorch/autograd.hpp"

namespace tinytorch {
namespace {

// y = reshape(x)
std::vector<Tensor> reshape_backward(const Node& node, const Tensor& gradient) {
  // TODO(05.8): reshape_backward
  not_implemented("05.8", "reshape_backward", node, gradient);
}

// y = transpose(x, dim0, dim1)
std::vector<Tensor> transpose_backward(const Node& node,
                                       const Tensor& gradient) {
  // TODO(05.8): transpose_backward
  not_implemented("05.8", "transpose_backward", node, gradient);
}

// y = permute(x, dims)
std::vector<Tensor> permute_backward(const Node& node, const Tensor& gradient) {
  // TODO(05.8): permute_backward
  not_implemented("05.8", "permute_backward", node, gradient);
}

// y = slice(x, dim, start, stop, step)
std::vector<Tensor> slice_backward(const Node& node, const Tensor& gradient) {
  // TODO(05.8): slice_backward
  not_implemented("05.8", "slice_backward", node, gradient);
}

// y = broadcast_to(x, shape)
std::vector<Tensor> broadcast_to_backward(const Node& node,
                                          const Tensor& gradient) {
  // TODO(05.8): broadcast_to_backward
  not_implemented("05.8", "broadcast_to_backward", node, gradient);
}

// y = clone(x)
std::vector<Tensor> clone_backward(const Node&, const Tensor& gradient) {
  // TODO(05.8): clone_backward
  not_implemented("05.8", "clone_backward", gradient);
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
