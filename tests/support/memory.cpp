#include "support/memory.hpp"

#include <algorithm>
#include <memory>

namespace test {

using tinytorch::Index;
using tinytorch::Shape;
using tinytorch::Strides;
using tinytorch::Tensor;

namespace {

std::int64_t dot(const Index& index, const Strides& strides) {
  std::int64_t sum = 0;
  for (std::size_t d = 0; d < index.size(); ++d) sum += index[d] * strides[d];
  return sum;
}

}  // namespace

std::int64_t count(const Shape& shape) {
  std::int64_t product = 1;
  for (const std::int64_t extent : shape) product *= extent;
  return product;
}

Index unravel(std::int64_t i, const Shape& shape) {
  Index index(shape.size());
  for (std::size_t d = shape.size(); d-- > 0;) {
    index[d] = i % shape[d];
    i /= shape[d];
  }
  return index;
}

Tensor make(const Shape& shape, const std::vector<float>& values) {
  Tensor made = Tensor::empty(shape);
  float* next = made.mutable_data();
  for (const float value : values) *next++ = value;
  return made;
}

std::vector<float> values(const Tensor& tensor) {
  std::vector<float> result;
  for (std::int64_t i = 0; i < count(tensor.shape()); ++i) {
    const Index index = unravel(i, tensor.shape());
    result.push_back(tensor.data()[dot(index, tensor.strides())]);
  }
  return result;
}

Tensor scattered(const Shape& shape, const std::vector<float>& values) {
  Strides strides(shape.size());
  std::int64_t stride = 2;
  for (std::size_t d = 0; d < shape.size(); ++d) {
    strides[d] = stride;
    stride *= std::max<std::int64_t>(shape[d], 1);
  }
  auto storage = std::make_shared<tinytorch::Storage>(stride + 1);
  float* memory = storage->mutable_data();
  for (std::int64_t i = 0; i <= stride; ++i) memory[i] = -999.0f;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto at = unravel(static_cast<std::int64_t>(i), shape);
    memory[1 + dot(at, strides)] = values[i];
  }
  return Tensor::view(storage, shape, strides, 1);
}

bool shares_memory(const Tensor& a, const Tensor& b) {
  return a.storage() == b.storage();
}

std::vector<float> counting(const Shape& shape) {
  std::vector<float> result(static_cast<std::size_t>(count(shape)));
  for (std::size_t i = 0; i < result.size(); ++i) {
    result[i] = static_cast<float>(i);
  }
  return result;
}

}  // namespace test
