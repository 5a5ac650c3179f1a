// Module 05, part 2: from the loss to the leaves.
// <solution>
#include <unordered_map>
// </solution>
#include <utility>

#include "tinytorch/autograd.hpp"

namespace tinytorch {
// <solution>
namespace {

using NodePtr = std::shared_ptr<Node>;

void require_graph(const Node& node) {
  if (!node.used_up()) return;
  throw AutogradError("backward: the graph behind " + std::string(node.name()) +
                      " has been used up by an earlier backward(): compute "
                      "the loss again, or keep the graph with backward(true)");
}

/// How many times each node that leads to `root` is an input of another one.
std::unordered_map<Node*, int> count_uses(Node& root) {
  std::unordered_map<Node*, int> uses{{&root, 0}};
  std::vector<Node*> to_visit{&root};
  while (!to_visit.empty()) {
    Node* node = to_visit.back();
    to_visit.pop_back();
    require_graph(*node);
    for (const NodePtr& parent : node->parents) {
      if (parent && ++uses[parent.get()] == 1) to_visit.push_back(parent.get());
    }
  }
  return uses;
}

/// Adds to a gradient that may not be there yet.
void add(std::optional<Tensor>& sum, const Tensor& gradient) {
  sum = sum ? *sum + gradient : gradient;
}

/// A leaf's gradient is handed out and may be changed in place, so its memory
/// must be its own: rules pass on the same tensor more than once.
void add_to_leaf(Node& leaf, const Tensor& gradient) {
  if (leaf.gradient) {
    leaf.gradient = *leaf.gradient + gradient;
  } else {
    const bool own = gradient.owns_storage() && gradient.is_contiguous();
    leaf.gradient = own ? gradient : gradient.clone();
  }
}

/// Walks the graph from `root`. A node's turn comes when all operations that
/// used its output have passed their share on; so each has one turn.
void walk(const NodePtr& root, const Tensor& gradient, bool keep_graph) {
  std::unordered_map<Node*, int> uses = count_uses(*root);
  std::unordered_map<Node*, std::optional<Tensor>> gradients;
  gradients[root.get()] = gradient;
  std::vector<NodePtr> ready{root};
  while (!ready.empty()) {
    const NodePtr node = std::move(ready.back());
    ready.pop_back();
    const auto own = gradients.extract(node.get());
    if (node->is_leaf()) {
      add_to_leaf(*node, *own.mapped());
      continue;
    }
    const std::vector<Tensor> shares = node->apply(*own.mapped());
    for (std::size_t i = 0; i < node->parents.size(); ++i) {
      const NodePtr& parent = node->parents[i];
      if (!parent) continue;
      add(gradients[parent.get()], shares[i]);
      if (--uses[parent.get()] == 0) ready.push_back(parent);
    }
    if (!keep_graph) node->use_up();
  }
}

}  // namespace
// </solution>

void Tensor::backward(bool keep_graph) const {
  // <solution task="05.3" name="backward" args="keep_graph">
  if (size() != 1) {
    throw ShapeError("backward: a tensor of shape " + to_string(shape()) +
                     " is not one number: reduce it with sum() or mean(), or "
                     "pass the gradient of a later loss");
  }
  backward(Tensor(shape(), {1.0f}), keep_graph);
  // </solution>
}

void Tensor::backward(const Tensor& gradient, bool keep_graph) const {
  // <solution task="05.3" name="backward" args="gradient, keep_graph">
  if (!requires_grad()) {
    throw AutogradError(
        "backward: nothing that this tensor was computed from requires a "
        "gradient: call enable_autograd() and set_requires_grad() first");
  }
  if (gradient.shape() != shape()) {
    throw ShapeError("backward: the gradient's shape " +
                     to_string(gradient.shape()) + " must be the tensor's, " +
                     to_string(shape()));
  }
  const NoGradGuard no_grad;
  walk(node(), gradient, keep_graph);
  // </solution>
}

void Tensor::zero_grad() const {
  // <solution task="05.3" name="zero_grad">
  if (has_grad()) node()->gradient.reset();
  // </solution>
}

}  // namespace tinytorch
