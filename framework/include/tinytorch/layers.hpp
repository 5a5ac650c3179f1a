// Layers: Linear, Dropout, and Sequential, which chains them.
//
// Functions marked [03.x] are written by the student in module 03.
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "tinytorch/layer.hpp"

namespace tinytorch {

/// y = x W + b, the fully connected layer.
class Linear : public Layer {
 public:
  /// [03.1] Weights are normal with standard deviation sqrt(1 / in_features)
  /// (after Glorot and Bengio, 2010), drawn from `generator` in row-major
  /// order; the bias is 0. Both require a gradient.
  /// @throws ValueError  unless both sizes are at least 1
  Linear(std::int64_t in_features, std::int64_t out_features, bool bias = true,
         Generator& generator = default_generator());

  /// [03.2] (..., in_features) -> (..., out_features).
  /// @throws ShapeError  if the last dimension of x is not in_features; names
  ///   the layer's sizes
  Tensor forward(const Tensor& x) override;

  /// [03.3] {weight, bias}, or {weight} without a bias.
  std::vector<Tensor> parameters() const override;

  std::int64_t in_features() const { return in_features_; }
  std::int64_t out_features() const { return out_features_; }
  bool has_bias() const { return has_bias_; }
  /// (in_features, out_features). Note that PyTorch stores the transpose.
  const Tensor& weight() const { return weight_; }
  /// (out_features,); the empty tensor without a bias.
  const Tensor& bias() const { return bias_; }

 private:
  std::int64_t in_features_;
  std::int64_t out_features_;
  bool has_bias_;
  Tensor weight_;
  Tensor bias_;
};

/// In training, sets each element to 0 with probability p and multiplies the
/// others by 1 / (1 - p), so that the expected value stays (Srivastava et al.,
/// 2014). In evaluation, passes its input on unchanged.
class Dropout : public Layer {
 public:
  /// Elements are drawn from `generator`, which must outlive the layer.
  /// @throws ValueError  unless 0 <= p <= 1
  explicit Dropout(float p = 0.5f, Generator& generator = default_generator());

  /// Follows the layer's mode.
  Tensor forward(const Tensor& x) override { return forward(x, training()); }

  /// [03.4] Element i is kept where the i-th draw of generator.uniform(), in
  /// row-major order, is at least p. In evaluation, and where p is 0, no
  /// number is drawn and x itself is returned. p = 1 gives zeros.
  Tensor forward(const Tensor& x, bool training);

  float p() const { return p_; }

 private:
  float p_;
  Generator* generator_;
};

/// Layers one after the other: the output of each is the input of the next.
class Sequential : public Layer {
 public:
  Sequential() = default;

  /// Sequential(Linear(784, 128), ReLU(), Linear(128, 10))
  template <std::derived_from<Layer>... Layers>
  requires(sizeof...(Layers) > 1 ||
           (!std::same_as<Layers, Sequential> &&
            ...)) explicit Sequential(Layers... layers) {
    (add(std::make_shared<Layers>(std::move(layers))), ...);
  }

  /// Appends a layer. @throws ValueError  if it is null
  void add(std::shared_ptr<Layer> layer);

  /// [03.5] All layers in order. Without layers, x itself.
  Tensor forward(const Tensor& x) override;

  /// [03.6] The parameters of all layers, in order. What several layers share,
  /// or a layer that stands here twice, is listed once, at its first place.
  std::vector<Tensor> parameters() const override;

  /// [03.6] Sets the mode of this layer and of all layers in it.
  void train(bool on = true) override;

  const std::vector<std::shared_ptr<Layer>>& layers() const { return layers_; }

 private:
  std::vector<std::shared_ptr<Layer>> layers_;
};

}  // namespace tinytorch
