// Module 01, part 3: new shapes over the same memory.
// <solution>
#include <algorithm>

// </solution>
#include "tinytorch/tensor.hpp"

namespace tinytorch {
// <solution>
namespace {

/// Throws unless all extents are 0 or more, except for at most one -1.
void check_extents(const Shape& shape) {
  int unknown = 0;
  for (const std::int64_t extent : shape) {
    if (extent == -1) ++unknown;
    if (extent < -1 || unknown > 1) {
      throw ShapeError("reshape: " + to_string(shape) +
                       " is no shape: extents are 0 or more, and one may be " +
                       "-1 to be inferred");
    }
  }
}

/// `shape` with a -1 replaced by the extent that makes the sizes equal.
Shape infer_extent(Shape shape, const Tensor& tensor) {
  const auto unknown = std::find(shape.begin(), shape.end(), -1);
  if (unknown == shape.end()) return shape;
  *unknown = 1;
  const std::int64_t known = numel(shape);
  if (known == 0 || tensor.size() % known != 0) {
    *unknown = -1;
    throw ShapeError("reshape: cannot infer -1 in " + to_string(shape) +
                     " for a tensor of shape " + to_string(tensor.shape()) +
                     ": give all extents, with a product of " +
                     std::to_string(tensor.size()));
  }
  *unknown = tensor.size() / known;
  return shape;
}

/// A bound of a slice as Python reads it: from the end if negative, clamped.
std::int64_t clamp_bound(std::int64_t bound, std::int64_t extent) {
  if (bound < 0) bound = std::max(bound, -extent) + extent;
  return std::min(bound, extent);
}

}  // namespace
// </solution>

Tensor Tensor::reshape(Shape shape) const {
  Tensor result;
  // <solution task="01.6" name="reshape" args="shape">
  check_extents(shape);
  const Shape target = infer_extent(std::move(shape), *this);
  if (numel(target) != size()) {
    throw ShapeError("reshape: cannot turn shape " + to_string(this->shape()) +
                     " with " + std::to_string(size()) + " elements into " +
                     to_string(target) + " with " +
                     std::to_string(numel(target)) +
                     ": the numbers of elements must be equal");
  }
  const Tensor flat = contiguous();
  result =
      view(flat.storage(), target, row_major_strides(target), flat.offset());
  // </solution>
  return record("reshape", {this}, result);
}

Tensor Tensor::transpose(std::int64_t dim0, std::int64_t dim1) const {
  Tensor result;
  // <solution task="01.7" name="transpose" args="dim0, dim1">
  const auto a =
      static_cast<std::size_t>(normalize_axis("transpose", dim0, rank()));
  const auto b =
      static_cast<std::size_t>(normalize_axis("transpose", dim1, rank()));
  Shape swapped_shape = shape();
  Strides swapped_strides = strides();
  std::swap(swapped_shape[a], swapped_shape[b]);
  std::swap(swapped_strides[a], swapped_strides[b]);
  result = view(storage(), swapped_shape, swapped_strides, offset());
  // </solution>
  return record("transpose", {this}, result, {dim0, dim1});
}

Tensor Tensor::transpose() const {
  // <solution task="01.7" name="transpose">
  return rank() < 2 ? *this : transpose(-2, -1);
  // </solution>
}

Tensor Tensor::permute(const std::vector<std::int64_t>& dims) const {
  Tensor result;
  // <solution task="01.7" name="permute" args="dims">
  Shape new_shape;
  Strides new_strides;
  std::vector<bool> seen(shape().size(), false);
  for (const std::int64_t dim : dims) {
    const auto d =
        static_cast<std::size_t>(normalize_axis("permute", dim, rank()));
    if (seen[d]) {
      throw ShapeError("permute: " + to_string(dims) + " names dimension " +
                       std::to_string(d) + " twice: name each one once");
    }
    seen[d] = true;
    new_shape.push_back(shape()[d]);
    new_strides.push_back(strides()[d]);
  }
  if (dims.size() != shape().size()) {
    throw ShapeError("permute: " + to_string(dims) + " names " +
                     std::to_string(dims.size()) + " of the " +
                     std::to_string(rank()) + " dimensions of shape " +
                     to_string(shape()) + ": name all of them");
  }
  result = view(storage(), new_shape, new_strides, offset());
  // </solution>
  return record("permute", {this}, result, dims);
}

Tensor Tensor::slice(std::int64_t dim, std::int64_t start, std::int64_t stop,
                     std::int64_t step) const {
  Tensor result;
  // <solution task="01.8" name="slice" args="dim, start, stop, step">
  const auto d = static_cast<std::size_t>(normalize_axis("slice", dim, rank()));
  if (step < 1) {
    throw ValueError("slice: step must be at least 1, got " +
                     std::to_string(step));
  }
  const std::int64_t first = clamp_bound(start, shape()[d]);
  const std::int64_t last = std::max(first, clamp_bound(stop, shape()[d]));
  Shape new_shape = shape();
  Strides new_strides = strides();
  // Without last - first + step - 1, which may overflow.
  const std::int64_t count = last == first ? 0 : (last - first - 1) / step + 1;
  const std::int64_t skipped = count == 0 ? 0 : first * strides()[d];
  new_shape[d] = count;
  if (count > 1) new_strides[d] *= step;
  result = view(storage(), new_shape, new_strides, offset() + skipped);
  // </solution>
  return record("slice", {this}, result, {dim, start, stop, step});
}

Shape broadcast_shapes(const char* operation, const Shape& a, const Shape& b) {
  // <solution task="01.9" name="broadcast_shapes" args="operation, a, b">
  const Shape& longer = a.size() >= b.size() ? a : b;
  const Shape& shorter = a.size() >= b.size() ? b : a;
  const std::size_t missing = longer.size() - shorter.size();
  Shape result = longer;
  for (std::size_t i = 0; i < shorter.size(); ++i) {
    std::int64_t& extent = result[missing + i];
    if (extent == 1) {
      extent = shorter[i];
    } else if (shorter[i] != 1 && shorter[i] != extent) {
      throw ShapeError(std::string(operation) + ": shapes " + to_string(a) +
                       " and " + to_string(b) +
                       " do not broadcast: compared from the right, extents " +
                       "must be equal or 1, not " + std::to_string(extent) +
                       " and " + std::to_string(shorter[i]));
    }
  }
  return result;
  // </solution>
}

Tensor Tensor::broadcast_to(const Shape& shape) const {
  Tensor result;
  // <solution task="01.9" name="broadcast_to" args="shape">
  if (broadcast_shapes("broadcast_to", this->shape(), shape) != shape) {
    throw ShapeError("broadcast_to: shape " + to_string(this->shape()) +
                     " cannot become " + to_string(shape) +
                     ": only dimensions of extent 1 can be repeated");
  }
  Strides new_strides(shape.size(), 0);
  const std::size_t added = shape.size() - this->shape().size();
  for (std::size_t i = 0; i < this->shape().size(); ++i) {
    if (this->shape()[i] != 1) new_strides[added + i] = strides()[i];
  }
  result = view(storage(), shape, new_strides, offset());
  // </solution>
  return record("broadcast_to", {this}, result);
}

}  // namespace tinytorch
