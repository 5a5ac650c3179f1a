// Module 03: layers with parameters, and how to chain them.
#include "tinytorch/layers.hpp"

// <solution>
#include <cmath>
#include <set>

// </solution>

namespace tinytorch {

Linear::Linear(std::int64_t in_features, std::int64_t out_features, bool bias,
               Generator& generator)
    : in_features_(in_features), out_features_(out_features), has_bias_(bias) {
  // <solution task="03.1" name="Linear" args="generator">
  if (in_features < 1 || out_features < 1) {
    throw ValueError("Linear: in_features " + std::to_string(in_features) +
                     " and out_features " + std::to_string(out_features) +
                     " must be at least 1");
  }
  const float scale = std::sqrt(1.0f / static_cast<float>(in_features));
  weight_ = Tensor::randn({in_features, out_features}, generator) * scale;
  weight_.set_requires_grad();
  if (bias) {
    bias_ = Tensor::zeros({out_features});
    bias_.set_requires_grad();
  }
  // </solution>
}

Tensor Linear::forward(const Tensor& x) {
  // <solution task="03.2" name="forward" args="x">
  if (x.rank() == 0 || x.size(-1) != in_features_) {
    throw ShapeError("Linear(" + std::to_string(in_features_) + ", " +
                     std::to_string(out_features_) + "): the input's shape " +
                     to_string(x.shape()) + " must end in " +
                     std::to_string(in_features_));
  }
  const Tensor y = x.matmul(weight_);
  return has_bias_ ? y + bias_ : y;
  // </solution>
}

std::vector<Tensor> Linear::parameters() const {
  // <solution task="03.3" name="parameters">
  if (has_bias_) return {weight_, bias_};
  return {weight_};
  // </solution>
}

Dropout::Dropout(float p, Generator& generator)
    : p_(p), generator_(&generator) {
  if (!(p >= 0.0f && p <= 1.0f)) {
    throw ValueError("Dropout: p must be a probability from 0 to 1, got " +
                     std::to_string(p));
  }
}

Tensor Dropout::forward(const Tensor& x, bool training) {
  // <solution task="03.4" name="forward" args="x, training">
  if (!training || p_ == 0.0f) return x;
  Tensor mask = Tensor::empty(x.shape());
  // Infinite where p is 1, but then nothing is kept: every draw is below 1.
  const float keep_scale = 1.0f / (1.0f - p_);
  float* values = mask.mutable_data();
  for (std::int64_t i = 0; i < mask.size(); ++i) {
    values[i] = generator_->uniform() >= p_ ? keep_scale : 0.0f;
  }
  return x * mask;
  // </solution>
}

void Sequential::add(std::shared_ptr<Layer> layer) {
  if (layer == nullptr) throw ValueError("Sequential: the layer is null");
  layers_.push_back(std::move(layer));
}

Tensor Sequential::forward(const Tensor& x) {
  // <solution task="03.5" name="forward" args="x">
  Tensor y = x;
  for (const auto& layer : layers_) y = layer->forward(y);
  return y;
  // </solution>
}

std::vector<Tensor> Sequential::parameters() const {
  // <solution task="03.6" name="parameters">
  std::vector<Tensor> all;
  std::set<const float*> seen;
  for (const auto& layer : layers_) {
    for (const Tensor& parameter : layer->parameters()) {
      if (seen.insert(parameter.data()).second) all.push_back(parameter);
    }
  }
  return all;
  // </solution>
}

void Sequential::train(bool on) {
  // <solution task="03.6" name="train" args="on">
  Layer::train(on);
  for (const auto& layer : layers_) layer->train(on);
  // </solution>
}

}  // namespace tinytorch
