// Module 07, part 1: how far a step goes: learning rates and clipping.
#include <cmath>
#include <string>

// <solution>
#include <numbers>

// </solution>
#include "tinytorch/training.hpp"

namespace tinytorch {

CosineSchedule::CosineSchedule(float max_lr, float min_lr,
                               std::int64_t total_epochs)
    : max_lr_(max_lr), min_lr_(min_lr), total_epochs_(total_epochs) {
  if (min_lr >= 0.0f && min_lr <= max_lr && std::isfinite(max_lr) &&
      total_epochs >= 1) {
    return;
  }
  throw ValueError("CosineSchedule: max_lr " + std::to_string(max_lr) +
                   ", min_lr " + std::to_string(min_lr) + " and total_epochs " +
                   std::to_string(total_epochs) +
                   " must be 0 <= min_lr <= max_lr and 1 <= total_epochs");
}

float CosineSchedule::get_lr(std::int64_t epoch) const {
  // <solution task="07.1" name="get_lr" args="epoch">
  if (epoch < 0) {
    throw ValueError("get_lr: epoch is " + std::to_string(epoch) +
                     ": count from 0");
  }
  if (epoch >= total_epochs_) return min_lr_;
  const double progress =
      static_cast<double>(epoch) / static_cast<double>(total_epochs_);
  const double share = (1.0 + std::cos(std::numbers::pi * progress)) / 2.0;
  return static_cast<float>(min_lr_ + (max_lr_ - min_lr_) * share);
  // </solution>
}

float clip_grad_norm(const std::vector<Tensor>& parameters, float max_norm) {
  // <solution task="07.2" name="clip_grad_norm" args="parameters, max_norm">
  if (!(max_norm > 0.0f)) {
    throw ValueError("clip_grad_norm: max_norm is " + std::to_string(max_norm) +
                     ": it must be above 0");
  }
  double squares = 0.0;
  for (const Tensor& parameter : parameters) {
    if (!parameter.has_grad()) continue;
    for (const float g : parameter.grad().to_vector()) {
      squares += static_cast<double>(g) * g;
    }
  }
  const double norm = std::sqrt(squares);
  const double factor = max_norm / (norm + 1e-6);
  if (factor >= 1.0) return static_cast<float>(norm);
  for (const Tensor& parameter : parameters) {
    if (!parameter.has_grad()) continue;
    Tensor gradient = parameter.grad().contiguous();
    float* g = gradient.mutable_data();
    for (std::int64_t i = 0; i < gradient.size(); ++i) {
      g[i] = static_cast<float>(g[i] * factor);
    }
    parameter.set_grad(gradient);
  }
  return static_cast<float>(norm);
  // </solution>
}

}  // namespace tinytorch
