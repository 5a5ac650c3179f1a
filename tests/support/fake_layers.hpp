// Layers for tests of containers. They compute without any code of the student
// except numel and row_major_strides.
#pragma once

#include <vector>

#include "support/memory.hpp"
#include "tinytorch/layer.hpp"

namespace test {

/// x -> factor x + shift. Its two parameters are the two numbers, as tensors
/// of shape (1,). Counts how often it has been asked.
class Affine : public tinytorch::Layer {
 public:
  Affine(float factor, float shift)
      : factor_(make({1}, {factor})), shift_(make({1}, {shift})) {}

  tinytorch::Tensor forward(const tinytorch::Tensor& x) override {
    ++calls_;
    std::vector<float> result = values(x);
    for (float& value : result) {
      value = *factor_.data() * value + *shift_.data();
    }
    return make(x.shape(), result);
  }

  std::vector<tinytorch::Tensor> parameters() const override {
    return {factor_, shift_};
  }

  int calls() const { return calls_; }

 private:
  tinytorch::Tensor factor_;
  tinytorch::Tensor shift_;
  int calls_ = 0;
};

/// Passes its input on; has no parameters.
class Identity : public tinytorch::Layer {
 public:
  tinytorch::Tensor forward(const tinytorch::Tensor& x) override { return x; }
};

}  // namespace test
