// Module 01, part 2: tensors out of nothing.
// <solution>
#include <algorithm>
#include <cmath>

// </solution>
#include "tinytorch/tensor.hpp"

namespace tinytorch {

Tensor Tensor::zeros(Shape shape) {
  // <solution task="01.4" name="zeros" args="shape">
  return full(std::move(shape), 0.0f);
  // </solution>
}

Tensor Tensor::ones(Shape shape) {
  // <solution task="01.4" name="ones" args="shape">
  return full(std::move(shape), 1.0f);
  // </solution>
}

Tensor Tensor::full(Shape shape, float value) {
  // <solution task="01.4" name="full" args="shape, value">
  Tensor result = empty(std::move(shape));
  std::fill_n(result.mutable_data(), result.size(), value);
  return result;
  // </solution>
}

Tensor Tensor::arange(float start, float stop, float step) {
  // <solution task="01.4" name="arange" args="start, stop, step">
  if (!std::isfinite(start) || !std::isfinite(stop) || !std::isfinite(step) ||
      step == 0.0f) {
    throw ValueError("arange: start " + std::to_string(start) + ", stop " +
                     std::to_string(stop) + " and step " +
                     std::to_string(step) +
                     " must be finite, and step must not be 0");
  }
  const double span = static_cast<double>(stop) - static_cast<double>(start);
  const double count =
      std::max(0.0, std::ceil(span / static_cast<double>(step)));
  if (count >= 0x1.0p63) {
    throw ShapeError("arange: " + std::to_string(count) +
                     " elements are too many: use a larger step");
  }
  Tensor result = empty({static_cast<std::int64_t>(count)});
  std::generate_n(result.mutable_data(), result.size(), [=, i = 0.0]() mutable {
    return static_cast<float>(static_cast<double>(start) +
                              static_cast<double>(step) * i++);
  });
  return result;
  // </solution>
}

Tensor Tensor::eye(std::int64_t n, std::optional<std::int64_t> m) {
  // <solution task="01.4" name="eye" args="n, m">
  Tensor result = zeros({n, m.value_or(n)});
  float* values = result.mutable_data();
  const std::int64_t columns = result.shape()[1];
  for (std::int64_t i = 0; i < std::min(n, columns); ++i) {
    values[i * columns + i] = 1.0f;
  }
  return result;
  // </solution>
}

Tensor Tensor::randn(Shape shape, Generator& generator) {
  // <solution task="01.4" name="randn" args="shape, generator">
  Tensor result = empty(std::move(shape));
  std::generate_n(result.mutable_data(), result.size(),
                  [&generator] { return generator.normal(); });
  return result;
  // </solution>
}

Tensor Tensor::uniform(Shape shape, float low, float high,
                       Generator& generator) {
  // <solution task="01.4" name="uniform" args="shape, low, high, generator">
  if (!(low <= high) || !std::isfinite(low) || !std::isfinite(high)) {
    throw ValueError("uniform: low " + std::to_string(low) +
                     " must be at most high " + std::to_string(high) +
                     ", and both must be finite");
  }
  // In double: high - low may be too large for a float.
  const double first = static_cast<double>(low);
  const double width = static_cast<double>(high) - first;
  Tensor result = empty(std::move(shape));
  std::generate_n(result.mutable_data(), result.size(), [&] {
    const double draw = static_cast<double>(generator.uniform());
    const float value = static_cast<float>(first + width * draw);
    // Rounding may reach high, which the interval excludes.
    return value < high ? value : std::nextafter(high, low);
  });
  return result;
  // </solution>
}

}  // namespace tinytorch
