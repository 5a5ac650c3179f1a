// A model, a loss and an optimizer for tests of training. Their numbers are
// easy to work out by hand, and they need no rule and no optimizer of the
// student.
#pragma once

#include <numeric>
#include <stdexcept>
#include <utility>
#include <vector>

#include "support/memory.hpp"
#include "tinytorch/autograd.hpp"
#include "tinytorch/training.hpp"

namespace test {

/// One batch of numbers; the targets are 0.
inline tinytorch::Batch batch_of(const std::vector<float>& inputs) {
  const auto n = static_cast<std::int64_t>(inputs.size());
  return {make({n}, inputs), make({n}, std::vector<float>(inputs.size()))};
}

/// batches_of({{1, 3}, {5}}): two batches, of two samples and of one.
inline tinytorch::BatchList batches_of(
    const std::vector<std::vector<float>>& batches) {
  std::vector<tinytorch::Batch> list;
  for (const std::vector<float>& batch : batches) {
    list.push_back(batch_of(batch));
  }
  return tinytorch::BatchList(std::move(list));
}

/// x -> (w[0] + w[1] + ...) x, with parameters of shape (1,). Notes its mode
/// and whether operations are recorded, each time that it is asked.
class Slope : public tinytorch::Layer {
 public:
  explicit Slope(const std::vector<float>& weights = {1}) {
    tinytorch::register_rule("test_slope",
                             {slope_backward, tinytorch::Save::inputs});
    for (const float w : weights) {
      weights_.push_back(make({1}, {w}).set_requires_grad());
    }
  }

  tinytorch::Tensor forward(const tinytorch::Tensor& x) override {
    modes.push_back(training());
    recorded.push_back(tinytorch::grad_enabled());
    float slope = 0;
    std::vector<const tinytorch::Tensor*> operands{&x};
    for (const tinytorch::Tensor& w : weights_) {
      slope += *w.data();
      operands.push_back(&w);
    }
    std::vector<float> y = values(x);
    for (float& value : y) value *= slope;
    return tinytorch::record("test_slope", operands, make(x.shape(), y));
  }

  std::vector<tinytorch::Tensor> parameters() const override {
    return weights_;
  }
  float weight(std::size_t i = 0) const { return *weights_[i].data(); }

  std::vector<bool> modes;
  std::vector<bool> recorded;

 private:
  static std::vector<tinytorch::Tensor> slope_backward(
      const tinytorch::Node& node, const tinytorch::Tensor& gradient) {
    const std::vector<float> x = values(node.input(0)), g = values(gradient);
    const float sum = std::inner_product(x.begin(), x.end(), g.begin(), 0.0f);
    std::vector<tinytorch::Tensor> result{tinytorch::Tensor()};
    for (std::size_t i = 1; i < node.parents.size(); ++i) {
      result.push_back(make({1}, {sum}));
    }
    return result;
  }

  std::vector<tinytorch::Tensor> weights_;
};

/// The mean of y - target. With Slope, the gradient of each weight is the mean
/// of the inputs.
inline tinytorch::Tensor mean_difference(const tinytorch::Tensor& y,
                                         const tinytorch::Tensor& targets) {
  const auto backward = [](const tinytorch::Node& node,
                           const tinytorch::Tensor& gradient) {
    const std::size_t n = values(node.input(0)).size();
    const float share = *gradient.data() / static_cast<float>(n);
    return std::vector<tinytorch::Tensor>{
        make(node.shape(0), std::vector<float>(n, share)), tinytorch::Tensor()};
  };
  tinytorch::register_rule("test_mean_difference",
                           {backward, tinytorch::Save::inputs});
  const std::vector<float> a = values(y), b = values(targets);
  const float total = std::accumulate(a.begin(), a.end(), 0.0f) -
                      std::accumulate(b.begin(), b.end(), 0.0f);
  return tinytorch::record("test_mean_difference", {&y, &targets},
                           make({}, {total / static_cast<float>(a.size())}));
}

/// p <- p - lr * gradient. Notes what it sees in each step, and remembers
/// whatever a test gives it.
class NotingOptimizer : public tinytorch::Optimizer {
 public:
  explicit NotingOptimizer(const tinytorch::Layer& model, float lr = 0)
      : NotingOptimizer(model.parameters(), lr) {}
  NotingOptimizer(std::vector<tinytorch::Tensor> parameters, float lr)
      : Optimizer(std::move(parameters), lr) {}

  void step() override {
    std::vector<float> seen;
    for (tinytorch::Tensor p : parameters()) {
      if (!p.has_grad()) continue;
      seen.push_back(*p.grad().data());
      *p.mutable_data() -= lr() * seen.back();
    }
    gradients.push_back(seen);
    lrs.push_back(lr());
  }

  tinytorch::OptimizerState state() const override { return memory; }
  void set_state(const tinytorch::OptimizerState& state) override {
    if (refuses) throw tinytorch::ValueError("set_state: another optimizer's");
    memory = state;
  }

  /// In each step, the gradient of each parameter that had one.
  std::vector<std::vector<float>> gradients;
  std::vector<float> lrs;
  tinytorch::OptimizerState memory;
  bool refuses = false;
};

}  // namespace test
