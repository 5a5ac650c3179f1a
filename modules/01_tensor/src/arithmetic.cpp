// Module 01, part 4: element by element.
#include "tinytorch/tensor.hpp"

namespace tinytorch {

Tensor operator+(const Tensor& a, const Tensor& b) {
  Tensor result;
  // TODO(01.10): add
  not_implemented("01.10", "add", a, b);
  return record("add", {&a, &b}, result);
}

Tensor operator-(const Tensor& a, const Tensor& b) {
  Tensor result;
  // TODO(01.10): subtract
  not_implemented("01.10", "subtract", a, b);
  return record("subtract", {&a, &b}, result);
}

Tensor operator*(const Tensor& a, const Tensor& b) {
  Tensor result;
  // TODO(01.10): multiply
  not_implemented("01.10", "multiply", a, b);
  return record("multiply", {&a, &b}, result);
}

Tensor operator/(const Tensor& a, const Tensor& b) {
  Tensor result;
  // TODO(01.10): divide
  not_implemented("01.10", "divide", a, b);
  return record("divide", {&a, &b}, result);
}

Tensor operator-(const Tensor& a) {
  Tensor result;
  // TODO(01.10): negate
  not_implemented("01.10", "negate", a);
  return record("negate", {&a}, result);
}

bool allclose(const Tensor& a, const Tensor& b, float rtol, float atol,
              bool equal_nan) {
  // TODO(01.14): allclose
  not_implemented("01.14", "allclose", a, b, rtol, atol, equal_nan);
}

}  // namespace tinytorch
