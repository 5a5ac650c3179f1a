// Module 07, part 2: the loops of training and evaluation.
#include <algorithm>
#include <string>
#include <utility>

#include "tinytorch/autograd.hpp"
#include "tinytorch/training.hpp"

namespace tinytorch {

Trainer::Trainer(Layer& model, Optimizer& optimizer, Loss loss,
                 TrainerOptions options)
    : model_(&model),
      optimizer_(&optimizer),
      loss_(std::move(loss)),
      options_(std::move(options)) {
  if (!loss_) throw ValueError("Trainer: the loss is empty");
  if (options_.clip_norm && !(*options_.clip_norm > 0.0f)) {
    throw ValueError("Trainer: clip_norm is " +
                     std::to_string(*options_.clip_norm) +
                     ": it must be above 0");
  }
  for (const Generator* generator : options_.generators) {
    if (!generator) throw ValueError("Trainer: a generator is null");
  }
  for (const Tensor& parameter : model_->parameters()) {
    if (parameter.is_contiguous()) continue;
    throw ValueError("Trainer: a parameter of shape " +
                     to_string(parameter.shape()) +
                     " is not contiguous: make it a contiguous() copy");
  }
  enable_autograd();
}

float Trainer::train_epoch(Batches& batches, std::int64_t accumulation_steps) {
  // TODO(07.3): train_epoch
  not_implemented("07.3", "train_epoch", batches, accumulation_steps);
}

Evaluation Trainer::evaluate(Batches& batches) {
  // TODO(07.4): evaluate
  not_implemented("07.4", "evaluate", batches);
}

}  // namespace tinytorch
