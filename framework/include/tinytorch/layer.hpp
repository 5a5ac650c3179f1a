// Layer: the interface that activations, layers and whole networks share.
#pragma once

#include <vector>

#include "tinytorch/tensor.hpp"

namespace tinytorch {

/// One step of a network: takes a tensor, gives a tensor, and may own
/// parameters to be learned. Copies of a layer share their parameters.
class Layer {
 public:
  virtual ~Layer() = default;

  /// The layer's output for the input x.
  virtual Tensor forward(const Tensor& x) = 0;

  /// layer(x) is layer.forward(x).
  Tensor operator()(const Tensor& x) { return forward(x); }

  /// Handles on all tensors to be learned, in a fixed order. None by default.
  virtual std::vector<Tensor> parameters() const { return {}; }

  /// Switches between training (the default) and evaluation. Only layers that
  /// behave differently in training, such as Dropout, look at it.
  virtual void train(bool on = true) { training_ = on; }
  void eval() { train(false); }
  bool training() const { return training_; }

 protected:
  Layer() = default;
  Layer(const Layer&) = default;
  Layer& operator=(const Layer&) = default;

 private:
  bool training_ = true;
};

}  // namespace tinytorch
