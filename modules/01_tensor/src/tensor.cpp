// Module 01, part 1: what a tensor is. Sizes, strides, elements, memory.
#include "tinytorch/tensor.hpp"

namespace tinytorch {

std::int64_t numel(const Shape& shape) {
  // TODO(01.1): numel
  not_implemented("01.1", "numel", shape);
}

Strides row_major_strides(const Shape& shape) {
  // TODO(01.1): row_major_strides
  not_implemented("01.1", "row_major_strides", shape);
}

Tensor::Tensor(Shape shape, const std::vector<float>& values) : Tensor() {
  // TODO(01.2): Tensor(shape, values)
  not_implemented("01.2", "Tensor(shape, values)", shape, values);
}

float Tensor::at(const Index& index) const {
  // TODO(01.3): at
  not_implemented("01.3", "at", index);
}

void Tensor::set(const Index& index, float value) {
  // TODO(01.3): set
  not_implemented("01.3", "set", index, value);
}

float Tensor::item() const {
  // TODO(01.3): item
  not_implemented("01.3", "item");
}

bool Tensor::is_contiguous() const {
  // TODO(01.5): is_contiguous
  not_implemented("01.5", "is_contiguous");
}

Tensor Tensor::contiguous() const {
  // TODO(01.5): contiguous
  not_implemented("01.5", "contiguous");
}

Tensor Tensor::clone() const {
  Tensor copy = empty(shape());
  // TODO(01.5): clone
  not_implemented("01.5", "clone");
  return record("clone", {this}, copy);
}

}  // namespace tinytorch
