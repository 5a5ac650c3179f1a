// Module 08, part 3: the same image, a little different each time.
// <solution>
#include <algorithm>

// </solution>
#include <string>
#include <utility>

#include "tinytorch/data.hpp"

namespace tinytorch {
// <solution>
namespace {

void require_image(const char* operation, const Tensor& image) {
  if (image.rank() >= 2) return;
  throw ShapeError(std::string(operation) + ": an image of shape " +
                   to_string(image.shape()) +
                   " has no rows and columns: it needs two dimensions");
}

/// One side of the window, drawn from all places inside the padding.
struct Span {
  Span(Generator& generator, std::int64_t extent, std::int64_t padding,
       std::int64_t window) {
    const std::int64_t places = extent + 2 * padding - window + 1;
    const auto place = generator.below(static_cast<std::uint64_t>(places));
    start = static_cast<std::int64_t>(place) - padding;
    first = std::max<std::int64_t>(start, 0);
    last = std::max(std::min(start + window, extent), first);
  }
  std::int64_t start;        ///< where the window begins; negative in padding
  std::int64_t first, last;  ///< the part of it that lies in the image
};

}  // namespace
// </solution>

RandomHorizontalFlip::RandomHorizontalFlip(float p, Generator& generator)
    : p_(p), generator_(&generator) {
  if (!(p >= 0.0f && p <= 1.0f)) {
    throw ValueError(
        "RandomHorizontalFlip: p must be a probability from 0 to 1, got " +
        std::to_string(p));
  }
}

Tensor RandomHorizontalFlip::operator()(const Tensor& image) const {
  // <solution task="08.5" name="RandomHorizontalFlip" args="image">
  require_image("RandomHorizontalFlip", image);
  if (generator_->uniform() >= p_) return image;
  const Tensor source = image.contiguous();
  const std::int64_t columns = image.size(-1);
  Tensor result = Tensor::empty(image.shape());
  const float* from = source.data();
  float* to = result.mutable_data();
  for (std::int64_t row = 0; row < image.size(); row += columns) {
    std::reverse_copy(from + row, from + row + columns, to + row);
  }
  return result;
  // </solution>
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
  // <solution task="08.6" name="RandomCrop" args="image">
  require_image("RandomCrop", image);
  const std::int64_t rows = image.size(-2), columns = image.size(-1);
  if (height_ > rows + 2 * padding_ || width_ > columns + 2 * padding_) {
    throw ShapeError(
        "RandomCrop: a window of " + std::to_string(height_) + " x " +
        std::to_string(width_) + " does not fit into an image of shape " +
        to_string(image.shape()) + " with padding " + std::to_string(padding_) +
        ": make the window smaller or the padding larger");
  }
  const Span down(*generator_, rows, padding_, height_);
  const Span across(*generator_, columns, padding_, width_);
  Shape shape = image.shape();
  shape.end()[-2] = height_;
  shape.end()[-1] = width_;
  Tensor result = Tensor::empty(shape);
  float* window = result.mutable_data();
  std::fill_n(window, result.size(), 0.0f);
  const Tensor source = image.contiguous();
  const float* plane = source.data();
  for (float* end = window + result.size(); window != end;
       window += height_ * width_, plane += rows * columns) {
    for (std::int64_t row = down.first; row < down.last; ++row) {
      std::copy(
          plane + row * columns + across.first,
          plane + row * columns + across.last,
          window + (row - down.start) * width_ + across.first - across.start);
    }
  }
  return result;
  // </solution>
}

Compose::Compose(std::vector<Transform> transforms)
    : transforms_(std::move(transforms)) {
  for (const Transform& transform : transforms_) {
    if (!transform) throw ValueError("Compose: a transform is empty");
  }
}

Tensor Compose::operator()(const Tensor& image) const {
  // <solution task="08.7" name="Compose" args="image">
  Tensor result = image;
  for (const Transform& transform : transforms_) result = transform(result);
  return result;
  // </solution>
}

}  // namespace tinytorch
