// Losses: how wrong a batch of predictions is, as one number.
//
// Every loss is the mean over its elements or samples and has the shape ().
// The mean over nothing is NaN, as in PyTorch.
//
// Functions marked [04.x] are written by the student in module 04.
#pragma once

#include "tinytorch/tensor.hpp"

namespace tinytorch {

/// [04.1] The mean of (predictions - targets)^2 over all elements.
/// @throws ShapeError  unless the shapes are equal: a loss that broadcasts
///   hides mistakes
Tensor mse_loss(const Tensor& predictions, const Tensor& targets);

/// [04.2] The mean over the samples of -log(softmax(logits)[target]), by way
/// of log_softmax, so that large logits do not overflow.
/// @param logits   (N, C), raw scores: no softmax before
/// @param targets  (N,), class indices 0 to C - 1
/// @throws ShapeError  unless the shapes are as above
/// @throws ValueError  if a target is not a whole number
/// @throws IndexError  if a target is no class
Tensor cross_entropy_loss(const Tensor& logits, const Tensor& targets);

/// [04.3] The mean over all elements of -(y log(p) + (1 - y) log(1 - p)).
/// Each logarithm is at least -100, as in PyTorch: finite for p of exactly 0
/// or 1. Clamping p itself to [1e-7, 1 - 1e-7] would be finite too, but loses
/// the gradient of every confident mistake.
/// @param predictions  p, probabilities in [0, 1]: after a sigmoid
/// @param targets      y, labels in [0, 1], of the same shape
/// @throws ShapeError  unless the shapes are equal
/// @throws ValueError  if a prediction or a target lies outside [0, 1]
Tensor binary_cross_entropy_loss(const Tensor& predictions,
                                 const Tensor& targets);

struct MSELoss {
  Tensor operator()(const Tensor& predictions, const Tensor& targets) const {
    return mse_loss(predictions, targets);
  }
};

struct CrossEntropyLoss {
  Tensor operator()(const Tensor& logits, const Tensor& targets) const {
    return cross_entropy_loss(logits, targets);
  }
};

struct BinaryCrossEntropyLoss {
  Tensor operator()(const Tensor& predictions, const Tensor& targets) const {
    return binary_cross_entropy_loss(predictions, targets);
  }
};

}  // namespace tinytorch
