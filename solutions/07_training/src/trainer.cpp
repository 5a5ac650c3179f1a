// Module 07, part 2: the loops of training and evaluation.
#include <algorithm>
#include <string>
#include <utility>

// <solution>
#include <limits>

// </solution>
#include "tinytorch/autograd.hpp"
#include "tinytorch/training.hpp"

namespace tinytorch {
// <solution>
namespace {

void require_batches(const char* operation, const Batches& batches) {
  if (batches.size() > 0) return;
  throw ValueError(std::string(operation) +
                   ": there are no batches: pass at least one");
}

/// The next batch, which must be there and be inputs and targets.
Batch next_pair(const char* operation, Batches& batches) {
  std::optional<Batch> batch = batches.next();
  if (!batch) {
    throw ValueError(std::string(operation) +
                     ": the batches end before their size(), " +
                     std::to_string(batches.size()));
  }
  if (batch->size() != 2) {
    throw ValueError(std::string(operation) + ": a batch has " +
                     std::to_string(batch->size()) +
                     " tensors: it must have inputs and targets");
  }
  return *std::move(batch);
}

/// The mean over samples, from the means of batches.
class SampleMean {
 public:
  void add(float mean, std::int64_t samples) {
    total_ += static_cast<double>(mean) * static_cast<double>(samples);
    samples_ += samples;
  }
  float value() const {
    return static_cast<float>(total_ / static_cast<double>(samples_));
  }

 private:
  double total_ = 0.0;
  std::int64_t samples_ = 0;
};

/// Puts a model into evaluation mode, and back into its own at the end of the
/// block, however that ends.
class EvaluationMode {
 public:
  explicit EvaluationMode(Layer& model)
      : model_(model), before_(model.training()) {
    model_.eval();
  }
  ~EvaluationMode() { model_.train(before_); }
  EvaluationMode(const EvaluationMode&) = delete;
  EvaluationMode& operator=(const EvaluationMode&) = delete;

 private:
  Layer& model_;
  bool before_;
};

/// The share of rows whose largest output is at the target's place; NaN where
/// there are no classes.
float accuracy(const Tensor& outputs, const Tensor& targets) {
  const bool classes = outputs.rank() == 2 && outputs.size(1) >= 2;
  const bool one_hot = targets.shape() == outputs.shape();
  if (!classes || (!one_hot && targets.shape() != Shape{outputs.size(0)})) {
    return std::numeric_limits<float>::quiet_NaN();
  }
  const std::vector<float> guesses = outputs.argmax(1).to_vector();
  const std::vector<float> truth =
      (one_hot ? targets.argmax(1) : targets).to_vector();
  std::int64_t hits = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) hits += guesses[i] == truth[i];
  return static_cast<float>(hits) / static_cast<float>(truth.size());
}

}  // namespace
// </solution>

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
  // <solution task="07.3" name="train_epoch" args="batches,
  // accumulation_steps">
  require_batches("train_epoch", batches);
  if (accumulation_steps < 1) {
    throw ValueError("train_epoch: accumulation_steps is " +
                     std::to_string(accumulation_steps) +
                     ": it must be at least 1");
  }
  model_->train();
  if (options_.schedule) optimizer_->set_lr(options_.schedule->get_lr(epoch_));
  optimizer_->zero_grad();
  batches.restart();
  SampleMean mean;
  for (std::int64_t left = batches.size(); left > 0;) {
    const std::int64_t group = std::min(accumulation_steps, left);
    for (std::int64_t i = 0; i < group; ++i) {
      const Batch batch = next_pair("train_epoch", batches);
      const Tensor loss = loss_(model_->forward(batch[0]), batch[1]);
      mean.add(loss.item(), batch[0].size(0));
      (loss / static_cast<float>(group)).backward();
    }
    if (options_.clip_norm) {
      clip_grad_norm(optimizer_->parameters(), *options_.clip_norm);
    }
    optimizer_->step();
    optimizer_->zero_grad();
    ++step_;
    left -= group;
  }
  ++epoch_;
  history_.learning_rates.push_back(optimizer_->lr());
  history_.train_loss.push_back(mean.value());
  return mean.value();
  // </solution>
}

Evaluation Trainer::evaluate(Batches& batches) {
  // <solution task="07.4" name="evaluate" args="batches">
  require_batches("evaluate", batches);
  const EvaluationMode mode(*model_);
  const NoGradGuard no_grad;
  batches.restart();
  SampleMean mean, right;
  for (std::int64_t i = 0; i < batches.size(); ++i) {
    const Batch batch = next_pair("evaluate", batches);
    const Tensor outputs = model_->forward(batch[0]);
    const std::int64_t samples = batch[0].size(0);
    mean.add(loss_(outputs, batch[1]).item(), samples);
    right.add(accuracy(outputs, batch[1]), samples);
  }
  history_.eval_loss.push_back(mean.value());
  return {mean.value(), right.value()};
  // </solution>
}

}  // namespace tinytorch
