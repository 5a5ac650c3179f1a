// Module 01, part 5: the matrix product, where the time goes.
#include "tinytorch/tensor.hpp"

namespace tinytorch {

Tensor Tensor::matmul(const Tensor& other) const {
  Tensor result;
  // TODO(01.11): matmul
  not_implemented("01.11", "matmul", other);
  return record("matmul", {this, &other}, result);
}

}  // namespace tinytorch
