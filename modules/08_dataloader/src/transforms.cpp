// Module 08, part 3: the same image, a little different each time.
#include <string>
#include <utility>

#include "tinytorch/data.hpp"

namespace tinytorch {

RandomHorizontalFlip::RandomHorizontalFlip(float p, Generator& generator)
    : p_(p), generator_(&generator) {
  if (!(p >= 0.0f && p <= 1.0f)) {
    throw ValueError(
        "RandomHorizontalFlip: p must be a probability from 0 to 1, got " +
        std::to_string(p));
  }
}

Tensor RandomHorizontalFlip::operator()(const Tensor& image) const {
  // TODO(08.5): RandomHorizontalFlip
  not_implemented("08.5", "RandomHorizontalFlip", image);
}

RandomCrop::RandomCrop(std::int64_t height, std::int64_t width,
                       std::int64_t padding, Generator& generator)
    : height_(height),
      width_(width),
      padding_(padding),
      generator_(&generator) {
  // The limit keeps sums of extents and padding far from overflow.
  if (height < 1 || width < 1 || padding < 0 || padding > 1 << 30) {
    throw ValueError("RandomCrop: height " + std::to_string(height) +
                     " and width " + std::to_string(width) +
                     " must be at least 1, and padding " +
                     std::to_string(padding) + " must lie in 0 to 2^30");
  }
}

Tensor RandomCrop::operator()(const Tensor& image) const {
  // TODO(08.6): RandomCrop
  not_implemented("08.6", "RandomCrop", image);
}

Compose::Compose(std::vector<Transform> transforms)
    : transforms_(std::move(transforms)) {
  for (const Transform& transform : transforms_) {
    if (!transform) throw ValueError("Compose: a transform is empty");
  }
}

Tensor Compose::operator()(const Tensor& image) const {
  // TODO(08.7): Compose
  not_implemented("08.7", "Compose", image);
}

}  // namespace tinytorch
