// Where a tensor meets autograd: its gradient, and its node in the graph.
#include "tinytorch/autograd.hpp"

namespace tinytorch {

bool Tensor::has_grad() const { return node() && node()->gradient; }

Tensor Tensor::grad() const {
  if (has_grad()) return *node()->gradient;
  throw AutogradError("grad: a tensor of shape " + to_string(shape()) +
                      " has no gradient: only marked tensors that were not " +
                      "computed get one, from backward()");
}

void Tensor::set_grad(Tensor gradient) const {
  if (gradient.shape() != shape()) {
    throw ShapeError("set_grad: the gradient's shape " +
                     to_string(gradient.shape()) + " must be the tensor's, " +
                     to_string(shape()));
  }
  if (state_ == empty_state()) {
    throw AutogradError(
        "set_grad: all tensors made by Tensor() are one, which has no "
        "gradient: use Tensor::zeros({0})");
  }
  state_->requires_grad = true;
  node()->gradient = std::move(gradient);
}

Tensor Tensor::detach() const {
  return view(storage(), shape(), strides(), offset());
}

const std::shared_ptr<Node>& Tensor::node() const {
  // A marked tensor becomes a leaf when it is first asked for.
  if (!state_->node && requires_grad()) {
    state_->node = std::make_shared<Node>();
  }
  return state_->node;
}

void Tensor::set_node(std::shared_ptr<Node> node) const {
  state_->node = std::move(node);
  state_->requires_grad = true;
}

}  // namespace tinytorch
