// Module 05, part 4: the way back through the matrix product.
#include "tinytorch/autograd.hpp"

namespace tinytorch {
namespace {

// c = a b, for all the shapes that matmul knows.
std::vector<Tensor> matmul_backward(const Node& node, const Tensor& gradient) {
  // <solution task="05.6" name="matmul_backward" args="node, gradient">
  Shape shape_a = node.shape(0), shape_b = node.shape(1);
  Shape shape_c = gradient.shape();
  if (shape_b.size() == 1) shape_b.push_back(1);  // a column
  if (shape_b.size() == 2) {
    // Every row of a stack meets the same matrix: all rows are one matrix.
    const std::int64_t rows = numel({shape_a.begin(), shape_a.end() - 1});
    shape_a = {rows, shape_b[0]};
    shape_c = {rows, shape_b[1]};
  } else if (shape_a.size() == 1) {  // a row for each matrix of the stack
    shape_a.insert(shape_a.begin(), 1);
    shape_c.insert(shape_c.end() - 1, 1);
  }
  const Tensor c = gradient.reshape(shape_c);
  std::vector<Tensor> gradients(2);
  if (node.needs(0)) {
    const Tensor b = node.input(1).reshape(shape_b);
    gradients[0] =
        sum_to(c.matmul(b.transpose()), shape_a).reshape(node.shape(0));
  }
  if (node.needs(1)) {
    const Tensor a = node.input(0).reshape(shape_a);
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
