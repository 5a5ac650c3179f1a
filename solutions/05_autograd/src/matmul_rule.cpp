// Module 05, part 4: the way back through the matrix product.
#include "tinytorch/autograd.hpp"

namespace tinytorch {
namespace {

// c = a b, for all the shapes that matmul knows.
std::vector<Tensor> matmul_backward(const Node& node, const Tensor& gradient) {
  // <solution task="05.6" name="matmul_backward" args="node, gradient">
  // Vectors become matrices for a moment: a row on the left, a column on the
  // right, and the gradient gets the dimension that matmul had dropped.
  Shape shape_a = node.shape(0), shape_b = node.shape(1);
  Shape shape_c = gradient.shape();
  if (shape_b.size() == 1) {
    shape_b.push_back(1);
    shape_c.push_back(1);
  }
  if (shape_a.size() == 1) {
    shape_a.insert(shape_a.begin(), 1);
    shape_c.insert(shape_c.end() - 1, 1);
  }
  const Tensor a = node.input(0).reshape(shape_a);
  const Tensor b = node.input(1).reshape(shape_b);
  const Tensor c = gradient.reshape(shape_c);
  std::vector<Tensor> gradients(2);
  if (node.needs(0)) {
    gradients[0] =
        sum_to(c.matmul(b.transpose()), shape_a).reshape(node.shape(0));
  }
  if (node.needs(1)) {
    gradients[1] =
        sum_to(a.transpose().matmul(c), shape_b).reshape(node.shape(1));
  }
  return gradients;
  // </solution>
}

}  // namespace

void register_matmul_rule() {
  register_rule("matmul", {matmul_backward, Save::inputs});
}

}  // namespace tinytorch
