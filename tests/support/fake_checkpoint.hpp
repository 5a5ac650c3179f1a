// Two parameters, an optimizer that remembers whatever it is told, and a
// checkpoint of them, for tests of checkpoints.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "support/fake_training.hpp"
#include "support/temporary_folder.hpp"
#include "tinytorch/support/metadata.hpp"

namespace test {

/// Owns parameters and computes nothing.
class Bag : public tinytorch::Layer {
 public:
  explicit Bag(std::vector<tinytorch::Tensor> parameters)
      : parameters_(std::move(parameters)) {
    for (tinytorch::Tensor& p : parameters_) p.set_requires_grad();
  }
  tinytorch::Tensor forward(const tinytorch::Tensor& x) override { return x; }
  std::vector<tinytorch::Tensor> parameters() const override {
    return parameters_;
  }

 private:
  std::vector<tinytorch::Tensor> parameters_;
};

/// A whole training of its own: shapes (2, 3) and (3,), a generator besides
/// the default one, and an optimizer that has taken five steps.
struct Session {
  explicit Session(float fill = 0)
      : weight(make({2, 3}, std::vector<float>(6, fill))),
        bias(make({3}, {fill, fill, fill})),
        model({weight, bias}),
        optimizer(model, fill),
        trainer(model, optimizer, mean_difference, {.generators = {&stream}}) {
    optimizer.memory.steps = 5;
    for (const char* name : {"fast", "slow"}) {
      optimizer.memory.buffers[name] = {
          make({2, 3}, std::vector<float>(6, fill + 1)),
          make({3}, {fill, fill + 2, fill})};
    }
  }

  tinytorch::Tensor weight, bias;
  Bag model;
  NotingOptimizer optimizer;
  tinytorch::Generator stream{11};
  tinytorch::Trainer trainer;
};

/// All that a checkpoint is to bring back, as text: two sessions are in the
/// same state if these are equal.
inline std::string state_of(const Session& session) {
  using tinytorch::pack;
  std::string text = pack(values(session.weight)) + "; " +
                     pack(values(session.bias)) + "; lr " +
                     pack<float>({session.optimizer.lr()}) + "; steps " +
                     std::to_string(session.optimizer.memory.steps);
  for (const auto& [name, buffer] : session.optimizer.memory.buffers) {
    for (const tinytorch::Tensor& t : buffer) {
      text += "; " + name + " " + tinytorch::to_string(t.shape()) + " " +
              pack(values(t));
    }
  }
  const tinytorch::History& history = session.trainer.history();
  text += "; epoch " + std::to_string(session.trainer.epoch()) + "; step " +
          std::to_string(session.trainer.step()) + "; history " +
          pack(history.train_loss) + "; " + pack(history.learning_rates) +
          "; " + pack(history.eval_loss) + "; generators";
  const std::vector<const tinytorch::Generator*> generators = {
      &tinytorch::default_generator(), &session.stream};
  for (const tinytorch::Generator* generator : generators) {
    for (const std::uint64_t word : generator->state()) {
      text += " " + std::to_string(word);
    }
  }
  return text;
}

/// A checkpoint of Session, as the contract says, without the student's code.
inline tinytorch::SafeTensors checkpoint() {
  using tinytorch::pack;
  tinytorch::SafeTensors content;
  content.tensors = {
      {"parameter.0", make({2, 3}, {1, 2, 3, 4, 5, 6})},
      {"parameter.1", make({3}, {7, 8, 9})},
      {"optimizer.fast.0", make({2, 3}, {10, 11, 12, 13, 14, 15})},
      {"optimizer.fast.1", make({3}, {16, 17, 18})},
      {"optimizer.slow.0", make({2, 3}, {20, 21, 22, 23, 24, 25})},
      {"optimizer.slow.1", make({3}, {26, 27, 28})}};
  content.metadata = {
      {"format", "tinytorch checkpoint"},
      {"version", "1"},
      {"epoch", "3"},
      {"step", "9007199254740993"},  // 2^53 + 1: no double
      {"history.train_loss", "0.1 1e-45 3.4028235e+38"},
      {"history.learning_rates", "0.3 0.2 0.1"},
      {"history.eval_loss", "0.33333334"},
      {"optimizer.lr", "0.07"},
      {"optimizer.steps", "1234567890123456789"},
      {"optimizer.buffers", "fast slow"},
      {"generators", "1 2 3 4 18446744073709551615 9007199254740993 0 7"}};
  return content;
}

}  // namespace test
