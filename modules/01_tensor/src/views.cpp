// Module 01, part 3: new shapes over the same memory.
#include "tinytorch/tensor.hpp"

namespace tinytorch {

Tensor Tensor::reshape(Shape shape) const {
  Tensor result;
  // TODO(01.6): reshape
  not_implemented("01.6", "reshape", shape);
  return record("reshape", {this}, result);
}

Tensor Tensor::transpose(std::int64_t dim0, std::int64_t dim1) const {
  Tensor result;
  // TODO(01.7): transpose
  not_implemented("01.7", "transpose", dim0, dim1);
  return record("transpose", {this}, result, {dim0, dim1});
}

Tensor Tensor::transpose() const {
  // TODO(01.7): transpose
  not_implemented("01.7", "transpose");
}

Tensor Tensor::permute(const std::vector<std::int64_t>& dims) const {
  Tensor result;
  // TODO(01.7): permute
  not_implemented("01.7", "permute", dims);
  return record("permute", {this}, result, dims);
}

Tensor Tensor::slice(std::int64_t dim, std::int64_t start, std::int64_t stop,
                     std::int64_t step) const {
  Tensor result;
  // TODO(01.8): slice
  not_implemented("01.8", "slice", dim, start, stop, step);
  return record("slice", {this}, result, {dim, start, stop, step});
}

Shape broadcast_shapes(const char* operation, const Shape& a, const Shape& b) {
  // TODO(01.9): broadcast_shapes
  not_implemented("01.9", "broadcast_shapes", operation, a, b);
}

Tensor Tensor::broadcast_to(const Shape& shape) const {
  Tensor result;
  // TODO(01.9): broadcast_to
  not_implemented("01.9", "broadcast_to", shape);
  return record("broadcast_to", {this}, result);
}

}  // namespace tinytorch
