// Module 01, part 1: what a tensor is. Sizes, strides, elements, memory.
#include "tinytorch/tensor.hpp"

// <solution>
#include <algorithm>

// </solution>
namespace tinytorch {
// <solution>
namespace {

[[noreturn]] void throw_too_large(const Shape& shape) {
  throw ShapeError("numel: shape " + to_string(shape) +
                   " describes more elements than fit into 64 bits");
}

/// Where the element at `index` lies, relative to the tensor's first.
std::int64_t position(const char* operation, const Tensor& tensor,
                      const Index& index) {
  if (static_cast<std::int64_t>(index.size()) != tensor.rank()) {
    throw IndexError(std::string(operation) + ": " +
                     std::to_string(index.size()) +
                     " coordinates given for a tensor of shape " +
                     to_string(tensor.shape()) + ": give one per dimension");
  }
  std::int64_t position = 0;
  for (std::size_t i = 0; i < index.size(); ++i) {
    const std::int64_t extent = tensor.shape()[i];
    if (index[i] < -extent || index[i] >= extent) {
      throw IndexError(std::string(operation) + ": index " + to_string(index) +
                       " is out of range for shape " +
                       to_string(tensor.shape()) + ": dimension " +
                       std::to_string(i) + " has " + std::to_string(extent) +
                       " elements");
    }
    const std::int64_t from_start = index[i] < 0 ? index[i] + extent : index[i];
    position += from_start * tensor.strides()[i];
  }
  return position;
}

/// Copies dimension `axis` and all after it in row-major order; returns the
/// end of what was written.
float* copy_rows(const Tensor& from, std::size_t axis, const float* source,
                 float* target) {
  const std::int64_t extent = from.shape()[axis];
  const std::int64_t stride = from.strides()[axis];
  const bool innermost = axis + 1 == from.shape().size();
  for (std::int64_t i = 0; i < extent; ++i) {
    if (innermost) {
      *target++ = source[i * stride];
    } else {
      target = copy_rows(from, axis + 1, source + i * stride, target);
    }
  }
  return target;
}

}  // namespace
// </solution>

std::int64_t numel(const Shape& shape) {
  // <solution task="01.1" name="numel" args="shape">
  std::int64_t count = 1;
  bool empty = false;
  for (const std::int64_t extent : shape) {
    if (extent < 0) {
      throw ShapeError("numel: shape " + to_string(shape) +
                       " has a negative extent: extents are 0 or more");
    }
    // A 0 must not hide that the other extents are absurd.
    empty |= extent == 0;
    if (extent == 0) continue;
    if (__builtin_mul_overflow(count, extent, &count)) throw_too_large(shape);
  }
  return empty ? 0 : count;
  // </solution>
}

Strides row_major_strides(const Shape& shape) {
  // <solution task="01.1" name="row_major_strides" args="shape">
  // Once the product of the extents fits into 64 bits, every stride does.
  numel(shape);
  Strides strides(shape.size());
  std::int64_t stride = 1;
  for (std::size_t i = shape.size(); i-- > 0;) {
    strides[i] = stride;
    stride *= std::max<std::int64_t>(shape[i], 1);
  }
  return strides;
  // </solution>
}

Tensor::Tensor(Shape shape, const std::vector<float>& values) : Tensor() {
  // <solution task="01.2" name="Tensor(shape, values)" args="shape, values">
  if (static_cast<std::int64_t>(values.size()) != numel(shape)) {
    throw ShapeError("Tensor: shape " + to_string(shape) + " needs " +
                     std::to_string(numel(shape)) + " values, but " +
                     std::to_string(values.size()) + " were given");
  }
  *this = empty(std::move(shape));
  std::copy(values.begin(), values.end(), mutable_data());
  // </solution>
}

float Tensor::at(const Index& index) const {
  // <solution task="01.3" name="at" args="index">
  return data()[position("at", *this, index)];
  // </solution>
}

void Tensor::set(const Index& index, float value) {
  // <solution task="01.3" name="set" args="index, value">
  const std::int64_t target = position("set", *this, index);
  mutable_data()[target] = value;
  // </solution>
}

float Tensor::item() const {
  // <solution task="01.3" name="item">
  if (size() != 1) {
    throw ValueError("item: a tensor of shape " + to_string(shape()) + " has " +
                     std::to_string(size()) +
                     " elements, not 1: reduce it or use at() first");
  }
  return *data();
  // </solution>
}

bool Tensor::is_contiguous() const {
  // <solution task="01.5" name="is_contiguous">
  if (size() == 0) return true;
  std::int64_t expected = 1;
  for (std::size_t i = shape().size(); i-- > 0;) {
    if (shape()[i] == 1) continue;
    if (strides()[i] != expected) return false;
    expected *= shape()[i];
  }
  return true;
  // </solution>
}

Tensor Tensor::contiguous() const {
  // <solution task="01.5" name="contiguous">
  return is_contiguous() ? *this : clone();
  // </solution>
}

Tensor Tensor::clone() const {
  Tensor copy = empty(shape());
  // <solution task="01.5" name="clone">
  if (is_contiguous()) {
    std::copy(data(), data() + size(), copy.mutable_data());
  } else {
    copy_rows(*this, 0, data(), copy.mutable_data());
  }
  // </solution>
  return record("clone", {this}, copy);
}

}  // namespace tinytorch
