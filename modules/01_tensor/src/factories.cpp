// Module 01, part 2: tensors out of nothing.
#include "tinytorch/tensor.hpp"

namespace tinytorch {

Tensor Tensor::zeros(Shape shape) {
  // TODO(01.4): zeros
  not_implemented("01.4", "zeros", shape);
}

Tensor Tensor::ones(Shape shape) {
  // TODO(01.4): ones
  not_implemented("01.4", "ones", shape);
}

Tensor Tensor::full(Shape shape, float value) {
  // TODO(01.4): full
  not_implemented("01.4", "full", shape, value);
}

Tensor Tensor::arange(float start, float stop, float step) {
  // TODO(01.4): arange
  not_implemented("01.4", "arange", start, stop, step);
}

Tensor Tensor::eye(std::int64_t n, std::optional<std::int64_t> m) {
  // TODO(01.4): eye
  not_implemented("01.4", "eye", n, m);
}

Tensor Tensor::randn(Shape shape, Generator& generator) {
  // TODO(01.4): randn
  not_implemented("01.4", "randn", shape, generator);
}

Tensor Tensor::uniform(Shape shape, float low, float high,
                       Generator& generator) {
  // TODO(01.4): uniform
  not_implemented("01.4", "uniform", shape, low, high, generator);
}

}  // namespace tinytorch
