// Module 05, part 2: from the loss to the leaves.
#include <utility>

#include "tinytorch/autograd.hpp"

namespace tinytorch {

void Tensor::backward(bool keep_graph) const {
  // TODO(05.3): backward
  not_implemented("05.3", "backward", keep_graph);
}

void Tensor::backward(const Tensor& gradient, bool keep_graph) const {
  // TODO(05.3): backward
  not_implemented("05.3", "backward", gradient, keep_graph);
}

void Tensor::zero_grad() const {
  // TODO(05.3): zero_grad
  not_implemented("05.3", "zero_grad");
}

}  // namespace tinytorch
