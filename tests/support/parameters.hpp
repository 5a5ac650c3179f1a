// Parameters for tests of optimizers. Gradients are set by hand, so that these
// tests run through none of the student's autograd.
#pragma once

#include <vector>

#include "support/memory.hpp"
#include "tinytorch/autograd.hpp"
#include "tinytorch/optimizers.hpp"

namespace test {

/// A tensor that is marked as a parameter to be learned.
inline tinytorch::Tensor parameter(const tinytorch::Shape& shape,
                                   const std::vector<float>& values) {
  return make(shape, values).set_requires_grad();
}

/// Gives p this gradient, in row-major order, and takes one step.
inline void step(tinytorch::Optimizer& optimizer, const tinytorch::Tensor& p,
                 const std::vector<float>& gradient) {
  p.set_grad(make(p.shape(), gradient));
  optimizer.step();
}

/// What Tensor::zero_grad() does, without running through it.
inline void forget_gradient(const tinytorch::Tensor& p) {
  p.node()->gradient.reset();
}

}  // namespace test
