// Optimizers: how parameters follow their gradients downhill.
//
//   Adam optimizer(net.parameters(), {.lr = 0.01f});
//   optimizer.zero_grad();
//   loss.backward();
//   optimizer.step();
//
// Parameters are changed in place, so every handle on them sees the change. A
// graph recorded before a step is out of date after it, and says so when
// backward() needs a value that has been overwritten.
//
// Functions marked [06.x] are written by the student in module 06.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tinytorch/tensor.hpp"

namespace tinytorch {

/// What an optimizer remembers from step to step, for checkpoints.
struct OptimizerState {
  /// How many steps have been taken.
  std::int64_t steps = 0;
  /// Under each name one tensor for each parameter, in the parameters' order
  /// and of their shapes. No names before the first step.
  std::map<std::string, std::vector<Tensor>> buffers;
};

class Optimizer {
 public:
  virtual ~Optimizer() = default;
  Optimizer(const Optimizer&) = delete;
  Optimizer& operator=(const Optimizer&) = delete;

  /// [06.1] Forgets the gradients of all parameters.
  void zero_grad();

  /// Changes every parameter that has a gradient, in place. Passes over the
  /// others: their values and buffers stay. Counts as one step for all.
  virtual void step() = 0;

  const std::vector<Tensor>& parameters() const { return parameters_; }

  /// The learning rate: how far one step goes.
  float lr() const { return lr_; }
  /// @throws ValueError  unless lr is finite and at least 0
  void set_lr(float lr);

  /// A copy of the state, which later steps do not change.
  virtual OptimizerState state() const = 0;
  /// Continues from a copy of a saved state.
  /// @throws ValueError  if the state is another kind of optimizer's, or of
  ///   other parameters; nothing changes then
  virtual void set_state(const OptimizerState& state) = 0;

 protected:
  /// @throws ValueError  if there is no parameter, one does not require a
  ///   gradient, is not contiguous or was computed by an operation, the same
  ///   parameter is given twice, or lr is not finite or below 0
  Optimizer(std::vector<Tensor> parameters, float lr);

 private:
  std::vector<Tensor> parameters_;
  float lr_ = 0.0f;
};

struct SGDOptions {
  float lr = 0.01f;
  float momentum = 0.0f;      ///< 0 to below 1; 0.9 is usual
  float weight_decay = 0.0f;  ///< 0 or more: an L2 penalty
};

/// Stochastic gradient descent, with momentum (Polyak, 1964) as PyTorch has it:
///   g <- gradient + weight_decay * p
///   v <- momentum * v + g           (v starts at 0)
///   p <- p - lr * v                 (without momentum: p - lr * g)
class SGD : public Optimizer {
 public:
  /// @throws ValueError  as Optimizer does, or if an option is out of range
  explicit SGD(std::vector<Tensor> parameters, SGDOptions options = {});

  /// [06.2]
  void step() override;

  bool has_momentum() const { return momentum_ > 0.0f; }

  /// [06.5] One buffer, "velocity", if there is momentum.
  OptimizerState state() const override;
  void set_state(const OptimizerState& state) override;

 private:
  float momentum_;
  float weight_decay_;
  std::int64_t steps_ = 0;
  std::vector<Tensor> velocity_;  ///< empty before the first step
};

struct AdamOptions {
  float lr = 0.001f;
  float beta1 = 0.9f;    ///< memory of the first moment, 0 to below 1
  float beta2 = 0.999f;  ///< memory of the second moment, 0 to below 1
  float eps = 1e-8f;     ///< above 0, as it keeps the denominator
  std::optional<float> weight_decay = {};  ///< 0 for Adam, 0.01 for AdamW
};

/// Adam (Kingma and Ba, 2015), which divides each parameter's step by the size
/// of its gradients so far. In step t = 1, 2, ..., counted for all parameters
/// together:
///   g <- gradient + weight_decay * p
///   m <- beta1 * m + (1 - beta1) * g          (first moment, starts at 0)
///   v <- beta2 * v + (1 - beta2) * g^2        (second moment, starts at 0)
///   p <- p - lr * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + eps)
class Adam : public Optimizer {
 public:
  /// @throws ValueError  as Optimizer does, or if an option is out of range
  explicit Adam(std::vector<Tensor> parameters, AdamOptions options = {});

  void step() override { update(1.0f, weight_decay_); }

  /// [06.5] Two buffers, "first_moment" and "second_moment". Adam and AdamW
  /// continue from each other's states.
  OptimizerState state() const override;
  void set_state(const OptimizerState& state) override;

 protected:
  /// [06.3] One step as above, before which every p with a gradient becomes
  /// keep * p.
  void update(float keep, float weight_decay);

  float weight_decay_;

 private:
  float beta1_, beta2_, eps_;
  std::int64_t steps_ = 0;
  std::vector<Tensor> first_moment_;   ///< empty before the first step
  std::vector<Tensor> second_moment_;  ///< empty before the first step
};

/// AdamW (Loshchilov and Hutter, 2019): Adam whose weight decay does not pass
/// through the moments, so that it shrinks all parameters alike. Each step
/// begins, as in PyTorch, with
///   p <- p - lr * weight_decay * p
/// and goes on as Adam's without weight decay.
class AdamW : public Adam {
 public:
  /// @throws ValueError  as Adam does
  explicit AdamW(std::vector<Tensor> parameters, AdamOptions options = {});

  /// [06.4]
  void step() override;
};

}  // namespace tinytorch
