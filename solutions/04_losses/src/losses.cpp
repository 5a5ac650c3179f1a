// Module 04: one number that says how wrong the predictions are.
#include "tinytorch/losses.hpp"

// <solution>
#include <algorithm>
#include <charconv>
#include <cmath>

// </solution>
#include "tinytorch/activations.hpp"

namespace tinytorch {
// <solution>
namespace {

/// PyTorch's bound: the loss of one prediction is at most 100.
constexpr float kSmallestLog = -100.0f;

/// The shortest text that stands for this float: "5", "0.1", "1.0000001".
std::string number(float value) {
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

void require_same_shape(const char* loss, const Tensor& predictions,
                        const Tensor& targets) {
  if (predictions.shape() == targets.shape()) return;
  throw ShapeError(std::string(loss) + ": predictions " +
                   to_string(predictions.shape()) + " and targets " +
                   to_string(targets.shape()) +
                   " must have the same shape: reshape one of them");
}

/// targets[sample] as a class index, checked.
std::int64_t class_index(const float* targets, std::int64_t sample,
                         const Shape& logits) {
  const float target = targets[sample];
  const auto what = [&] {
    return "cross_entropy_loss: targets[" + std::to_string(sample) + "] is " +
           number(target);
  };
  if (target != std::floor(target)) {
    throw ValueError(what() +
                     ", not a whole number: targets are class indices");
  }
  if (target < 0.0f || target >= static_cast<float>(logits[1])) {
    throw IndexError(what() + ", but logits " + to_string(logits) + " have " +
                     std::to_string(logits[1]) + " classes: count them from 0");
  }
  return static_cast<std::int64_t>(target);
}

/// Also refuses NaN, for which every comparison is false.
void require_probability(const char* what, float value, const char* fix) {
  if (value >= 0.0f && value <= 1.0f) return;
  throw ValueError(std::string("binary_cross_entropy_loss: ") + what + " " +
                   number(value) + " lies outside 0 to 1: " + fix);
}

float mean_of(double total, std::int64_t count) {
  return static_cast<float>(total / static_cast<double>(count));
}

}  // namespace
// </solution>

Tensor mse_loss(const Tensor& predictions, const Tensor& targets) {
  // <solution task="04.1" name="mse_loss" args="predictions, targets">
  require_same_shape("mse_loss", predictions, targets);
  const Tensor difference = predictions - targets;
  return (difference * difference).mean();
  // </solution>
}

Tensor cross_entropy_loss(const Tensor& logits, const Tensor& targets) {
  Tensor result;
  // <solution task="04.2" name="cross_entropy_loss" args="logits, targets">
  if (logits.rank() != 2 || targets.rank() != 1 ||
      logits.size(0) != targets.size()) {
    throw ShapeError("cross_entropy_loss: logits " + to_string(logits.shape()) +
                     " and targets " + to_string(targets.shape()) +
                     " must have the shapes (N, C) and (N,)");
  }
  const Tensor log_probabilities = log_softmax(logits, 1);
  const Tensor indices = targets.contiguous();
  const float* row = log_probabilities.data();
  double total = 0.0;
  for (std::int64_t n = 0; n < indices.size(); ++n, row += logits.size(1)) {
    const auto target = class_index(indices.data(), n, logits.shape());
    total -= static_cast<double>(row[target]);
  }
  result = Tensor(mean_of(total, indices.size()));
  // </solution>
  return record("cross_entropy", {&logits, &targets}, result);
}

Tensor binary_cross_entropy_loss(const Tensor& predictions,
                                 const Tensor& targets) {
  Tensor result;
  // <solution task="04.3" name="binary_cross_entropy_loss" args="predictions,
  // targets">
  require_same_shape("binary_cross_entropy_loss", predictions, targets);
  const Tensor probabilities = predictions.contiguous();
  const Tensor labels = targets.contiguous();
  const float* p = probabilities.data();
  const float* y = labels.data();
  double total = 0.0;
  for (std::int64_t i = 0; i < labels.size(); ++i) {
    require_probability("prediction", p[i], "apply a sigmoid first");
    require_probability("target", y[i], "labels are 0, 1 or in between");
    const float log_p = std::max(std::log(p[i]), kSmallestLog);
    // log1p(-p) is log(1 - p), also where 1 - p would round to 1.
    const float log_not_p = std::max(std::log1p(-p[i]), kSmallestLog);
    total -= static_cast<double>(y[i] * log_p + (1.0f - y[i]) * log_not_p);
  }
  result = Tensor(mean_of(total, labels.size()));
  // </solution>
  return record("binary_cross_entropy", {&predictions, &targets}, result);
}

}  // namespace tinytorch
