// Module 03: layers with parameters, and how to chain them.
#include "tinytorch/layers.hpp"

namespace tinytorch {

Linear::Linear(std::int64_t in_features, std::int64_t out_features, bool bias,
               Generator& generator)
    : in_features_(in_features), out_features_(out_features), has_bias_(bias) {
  // TODO(03.1): Linear
  not_implemented("03.1", "Linear", generator);
}

Tensor Linear::forward(const Tensor& x) {
  // TODO(03.2): forward
  not_implemented("03.2", "forward", x);
}

std::vector<Tensor> Linear::parameters() const {
  // TODO(03.3): parameters
  not_implemented("03.3", "parameters");
}

Dropout::Dropout(float p, Generator& generator)
    : p_(p), generator_(&generator) {
  if (!(p >= 0.0f && p <= 1.0f)) {
    throw ValueError("Dropout: p must be a probability from 0 to 1, got " +
                     std::to_string(p));
  }
}

Tensor Dropout::forward(const Tensor& x, bool training) {
  // TODO(03.4): forward
  not_implemented("03.4", "forward", x, training);
}

void Sequential::add(std::shared_ptr<Layer> layer) {
  if (layer == nullptr) throw ValueError("Sequential: the layer is null");
  layers_.push_back(std::move(layer));
}

Tensor Sequential::forward(const Tensor& x) {
  // TODO(03.5): forward
  not_implemented("03.5", "forward", x);
}

std::vector<Tensor> Sequential::parameters() const {
  // TODO(03.6): parameters
  not_implemented("03.6", "parameters");
}

void Sequential::train(bool on) {
  // TODO(03.6): train
  not_implemented("03.6", "train", on);
}

}  // namespace tinytorch
