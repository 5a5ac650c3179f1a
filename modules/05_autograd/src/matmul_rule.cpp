// Module 05, part 4: the way back through the matrix product.
#include "tinytorch/autograd.hpp"

namespace tinytorch {
namespace {

// c = a b, for all the shapes that matmul knows.
std::vector<Tensor> matmul_backward(const Node& node, const Tensor& gradient) {
  // TODO(05.6): matmul_backward
  not_implemented("05.6", "matmul_backward", node, gradient);
}

}  // namespace

void register_matmul_rule() {
  register_rule("matmul", {matmul_backward, Save::inputs});
}

}  // namespace tinytorch
