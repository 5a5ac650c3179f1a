// Module 02: the nonlinear functions between linear layers.
#include "tinytorch/activations.hpp"

namespace tinytorch {

Tensor relu(const Tensor& x) {
  Tensor result;
  // TODO(02.1): relu
  not_implemented("02.1", "relu", x);
  return record("relu", {&x}, result);
}

Tensor sigmoid(const Tensor& x) {
  Tensor result;
  // TODO(02.2): sigmoid
  not_implemented("02.2", "sigmoid", x);
  return record("sigmoid", {&x}, result);
}

Tensor tanh(const Tensor& x) {
  Tensor result;
  // TODO(02.3): tanh
  not_implemented("02.3", "tanh", x);
  return record("tanh", {&x}, result);
}

Tensor gelu(const Tensor& x) {
  Tensor result;
  // TODO(02.4): gelu
  not_implemented("02.4", "gelu", x);
  return record("gelu", {&x}, result);
}

Tensor softmax(const Tensor& x, std::int64_t dim) {
  Tensor result;
  // TODO(02.5): softmax
  not_implemented("02.5", "softmax", x, dim);
  return record("softmax", {&x}, result, {dim});
}

Tensor log_softmax(const Tensor& x, std::int64_t dim) {
  Tensor result;
  // TODO(02.6): log_softmax
  not_implemented("02.6", "log_softmax", x, dim);
  return record("log_softmax", {&x}, result, {dim});
}

}  // namespace tinytorch
