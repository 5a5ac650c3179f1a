// Activations: the nonlinear functions between linear layers.
//
// Each comes as a function and as a Layer of the same name, so that it can
// stand in a Sequential. The result is a new tensor of the same shape. For
// infinities and NaN all do what PyTorch does.
//
// Functions marked [02.x] are written by the student in module 02.
#pragma once

#include "tinytorch/layer.hpp"

namespace tinytorch {

/// [02.1] max(0, x), element by element. NaN stays NaN.
Tensor relu(const Tensor& x);

/// [02.2] 1 / (1 + exp(-x)), element by element, without overflow: 0 at -inf,
/// 1 at inf, and small but not 0 at -80.
Tensor sigmoid(const Tensor& x);

/// [02.3] (exp(x) - exp(-x)) / (exp(x) + exp(-x)), element by element, without
/// overflow: -1 at -inf, 1 at inf.
Tensor tanh(const Tensor& x);

/// [02.4] The Gaussian error linear unit in its tanh form (Hendrycks and
/// Gimpel, 2016):
///   0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))
/// as PyTorch's gelu with approximate='tanh'. inf at inf, NaN at -inf.
Tensor gelu(const Tensor& x);

/// [02.5] exp(x) divided by its sum along `dim`: positive numbers that add up
/// to 1. The largest element is subtracted first, so that exp cannot overflow,
/// and the sum is kept in double, so that many small terms do not vanish in it.
/// A slice that holds inf or NaN, or only -inf, becomes NaN; a single -inf
/// becomes 0.
/// @throws IndexError  if there is no such dimension; a scalar has the
///   dimensions 0 and -1, as in PyTorch
Tensor softmax(const Tensor& x, std::int64_t dim = -1);

/// [02.6] The logarithm of softmax, computed as x - max - log(sum(exp(x -
/// max))) (the log-sum-exp trick), so that it is exact where softmax rounds
/// to 0. The sum is kept in double, as in softmax.
/// @throws IndexError  as softmax does
Tensor log_softmax(const Tensor& x, std::int64_t dim = -1);

class ReLU : public Layer {
 public:
  Tensor forward(const Tensor& x) override { return relu(x); }
};

class Sigmoid : public Layer {
 public:
  Tensor forward(const Tensor& x) override { return sigmoid(x); }
};

class Tanh : public Layer {
 public:
  Tensor forward(const Tensor& x) override { return tinytorch::tanh(x); }
};

class GELU : public Layer {
 public:
  Tensor forward(const Tensor& x) override { return gelu(x); }
};

class Softmax : public Layer {
 public:
  explicit Softmax(std::int64_t dim = -1) : dim_(dim) {}
  Tensor forward(const Tensor& x) override { return softmax(x, dim_); }

 private:
  std::int64_t dim_;
};

class LogSoftmax : public Layer {
 public:
  explicit LogSoftmax(std::int64_t dim = -1) : dim_(dim) {}
  Tensor forward(const Tensor& x) override { return log_softmax(x, dim_); }

 private:
  std::int64_t dim_;
};

}  // namespace tinytorch
