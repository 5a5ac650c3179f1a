// Where a tensor meets autograd: its gradient, and its node in the graph.
#include <algorithm>
#include <iterator>
#include <utility>

#include "tinytorch/autograd.hpp"

namespace tinytorch {

Node::~Node() {
  std::vector<std::shared_ptr<Node>> last_holds = std::move(parents);
  while (!last_holds.empty()) {
    const std::shared_ptr<Node> node = std::move(last_holds.back());
    last_holds.pop_back();
    if (node.use_count() != 1) continue;
    // This hold is the last one. Its parents move out, so that the node's own
    // destructor finds none.
    std::move(node->parents.begin(), node->parents.end(),
              std::back_inserter(last_holds));
    node->parents.clear();
  }
}

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
