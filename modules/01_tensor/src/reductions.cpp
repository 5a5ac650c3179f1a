// Module 01, part 6: many numbers into few.
#include "tinytorch/tensor.hpp"

namespace tinytorch {
namespace {

/// What a reduction reports besides its input.
Shape attributes(std::optional<std::int64_t> axis, bool keepdims) {
  return axis ? Shape{*axis, keepdims} : Shape{};
}

}  // namespace

Tensor Tensor::sum(std::optional<std::int64_t> axis, bool keepdims) const {
  Tensor result;
  // TODO(01.12): sum
  not_implemented("01.12", "sum", axis, keepdims);
  return record("sum", {this}, result, attributes(axis, keepdims));
}

Tensor Tensor::mean(std::optional<std::int64_t> axis, bool keepdims) const {
  Tensor result;
  // TODO(01.12): mean
  not_implemented("01.12", "mean", axis, keepdims);
  return record("mean", {this}, result, attributes(axis, keepdims));
}

Tensor Tensor::max(std::optional<std::int64_t> axis, bool keepdims) const {
  Tensor result;
  // TODO(01.13): max
  not_implemented("01.13", "max", axis, keepdims);
  return record("max", {this}, result, attributes(axis, keepdims));
}

Tensor Tensor::min(std::optional<std::int64_t> axis, bool keepdims) const {
  Tensor result;
  // TODO(01.13): min
  not_implemented("01.13", "min", axis, keepdims);
  return record("min", {this}, result, attributes(axis, keepdims));
}

Tensor Tensor::argmax(std::optional<std::int64_t> axis, bool keepdims) const {
  // TODO(01.13): argmax
  not_implemented("01.13", "argmax", axis, keepdims);
}

}  // namespace tinytorch
