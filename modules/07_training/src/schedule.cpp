// Module 07, part 1: how far a step goes: learning rates and clipping.
#include <cmath>
#include <string>

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
  // TODO(07.1): get_lr
  not_implemented("07.1", "get_lr", epoch);
}

float clip_grad_norm(const std::vector<Tensor>& parameters, float max_norm) {
  // TODO(07.2): clip_grad_norm
  not_implemented("07.2", "clip_grad_norm", parameters, max_norm);
}

}  // namespace tinytorch
