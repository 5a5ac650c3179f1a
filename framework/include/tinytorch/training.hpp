// Training: the loop around forward, loss, backward and step.
//
//   Trainer trainer(net, optimizer, CrossEntropyLoss(),
//                   {.schedule = CosineSchedule(0.1f, 0.01f, 20)});
//   for (int epoch = 0; epoch < 20; ++epoch) {
//     const float loss = trainer.train_epoch(batches);
//     trainer.save_checkpoint("digits.safetensors");
//   }
//
// Functions marked [07.x] are written by the student in module 07.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "tinytorch/layer.hpp"
#include "tinytorch/optimizers.hpp"
#include "tinytorch/support/batches.hpp"
#include "tinytorch/support/safetensors.hpp"

namespace tinytorch {

/// A learning rate that falls from max_lr to min_lr along half a cosine
/// (Loshchilov and Hutter, 2017).
class CosineSchedule {
 public:
  /// @throws ValueError  unless 0 <= min_lr <= max_lr, both are finite and
  ///   total_epochs is at least 1
  explicit CosineSchedule(float max_lr = 0.1f, float min_lr = 0.01f,
                          std::int64_t total_epochs = 100);

  /// [07.1] min_lr + (max_lr - min_lr) (1 + cos(pi epoch / total_epochs)) / 2,
  /// and min_lr from total_epochs on.
  /// @throws ValueError  if epoch is negative
  float get_lr(std::int64_t epoch) const;

 private:
  float max_lr_, min_lr_;
  std::int64_t total_epochs_;
};

/// [07.2] Scales all gradients by the same factor, in place, so that the norm
/// of all of them together, sqrt(sum of all squares), is at most max_norm
/// (Pascanu et al., 2013). As PyTorch's clip_grad_norm_, the factor is
/// max_norm / (norm + 1e-6), and 1 at most. Parameters without a gradient are
/// passed over.
/// @returns the norm before, summed in double; NaN if a gradient holds NaN
/// @throws ValueError  unless max_norm is above 0
float clip_grad_norm(const std::vector<Tensor>& parameters,
                     float max_norm = 1.0f);

/// A loss: (predictions, targets) -> a scalar, the mean over the samples.
using Loss = std::function<Tensor(const Tensor&, const Tensor&)>;

struct TrainerOptions {
  /// Sets the learning rate at the start of each epoch, counted from 0.
  std::optional<CosineSchedule> schedule = {};
  /// The norm that clip_grad_norm allows; nothing is clipped without it.
  std::optional<float> clip_norm = {};
  /// Streams of random numbers, besides the default one, whose state belongs
  /// into checkpoints: the DataLoader's, a Dropout's. They must outlive the
  /// Trainer.
  std::vector<Generator*> generators = {};
};

/// What happened so far: one number for each epoch, or for each evaluation.
struct History {
  std::vector<float> train_loss;
  std::vector<float> learning_rates;
  std::vector<float> eval_loss;
};

struct Evaluation {
  float loss = 0;
  /// The share of samples whose largest output is at the target's place; NaN
  /// where there are no classes to compare (see Trainer::evaluate).
  float accuracy = 0;
};

/// Trains a model. Model and optimizer must outlive it. Calls
/// enable_autograd().
class Trainer {
 public:
  /// @throws ValueError  if the loss is empty, clip_norm is not above 0, a
  ///   generator is null, or a parameter of the model is not contiguous
  Trainer(Layer& model, Optimizer& optimizer, Loss loss,
          TrainerOptions options = {});

  /// [07.3] One pass over all batches in training mode. For each batch:
  /// forward, loss, backward; after every `accumulation_steps` batches, and
  /// after the last one: clip, step, zero_grad, for the optimizer's parameters.
  /// Each loss is divided by the number of batches in its group, so that the
  /// gradients are those of one large batch. Gradients from before the epoch do
  /// not count. An epoch that throws is not counted in epoch() and history().
  /// @param batches  of two tensors each: inputs and targets
  /// @returns the mean loss over all samples: a short last batch counts less
  /// @throws ValueError  if there are no batches, one is not a pair, or
  ///   accumulation_steps is below 1
  float train_epoch(Batches& batches, std::int64_t accumulation_steps = 1);

  /// [07.4] One pass without gradients, in evaluation mode; the model's mode
  /// is restored afterwards. With outputs (N, C), C at least 2, the targets are
  /// class indices (N,) or one-hot rows (N, C), and accuracy is reported.
  /// @throws ValueError  as train_epoch does
  Evaluation evaluate(Batches& batches);

  /// [07.5] Writes the whole state of training: parameters, optimizer, epoch,
  /// step, history and random generators. One safetensors file, written to the
  /// side and renamed, so that a crash leaves the old one or the new one. Its
  /// metadata, readable, stands beside it in `file`.json. Missing folders are
  /// made.
  /// @throws std::runtime_error  naming the file, if it cannot be written
  void save_checkpoint(const std::filesystem::path& file) const;

  /// [07.5] Continues exactly where save_checkpoint() stopped. Nothing changes
  /// unless the whole file fits.
  /// @throws std::runtime_error  naming the file and what is wrong with it: it
  ///   cannot be read, is damaged, was not written by a Trainer, is of a newer
  ///   version, or belongs to another model or optimizer
  void load_checkpoint(const std::filesystem::path& file);

  /// Passes over the data so far.
  std::int64_t epoch() const { return epoch_; }
  /// Optimizer steps so far.
  std::int64_t step() const { return step_; }
  const History& history() const { return history_; }

 private:
  /// [07.5] What goes into a checkpoint. Tensors: "parameter.I" for parameter I
  /// of the model, "optimizer.NAME.I" for tensor I of a buffer. Metadata, as
  /// pack() writes it:
  ///   epoch, step            of this Trainer
  ///   history.train_loss, history.learning_rates, history.eval_loss
  ///   optimizer.lr           the learning rate
  ///   optimizer.steps        of the optimizer's state
  ///   optimizer.buffers      the names, separated by spaces
  ///   generators             four integers for each: the default generator's
  ///                          state, then options.generators in order
  SafeTensors pack_state() const;

  /// [07.5] The way back. Nothing changes unless all of it fits.
  /// @throws ValueError, std::runtime_error  saying what is missing or wrong;
  ///   load_checkpoint() adds the file's name
  void unpack_state(const SafeTensors& content);

  Layer* model_;
  Optimizer* optimizer_;
  Loss loss_;
  TrainerOptions options_;
  std::int64_t epoch_ = 0;
  std::int64_t step_ = 0;
  History history_;
};

}  // namespace tinytorch
