// Module 02: the nonlinear functions between linear layers.
#include "tinytorch/activations.hpp"

// <solution>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "tinytorch/support/exponential.hpp"
// </solution>

namespace tinytorch {
// <solution>
namespace {

/// f of every element.
template <class F>
Tensor map(const Tensor& x, F f) {
  const Tensor in = x.contiguous();
  Tensor out = Tensor::empty(x.shape());
  std::transform(in.data(), in.data() + in.size(), out.mutable_data(), f);
  return out;
}

/// exp(-|x|) cannot overflow. For x < 0 it is exp(x), and both halves of the
/// fraction 1 / (1 + exp(-x)) are multiplied by it. The numerator, 1 or e, is
/// chosen without a branch: random signs would mispredict every second one.
float stable_sigmoid(float x) {
  const float e = fast_exp(-std::fabs(x));
  const float positive = 0.5f + std::copysign(0.5f, x);
  return std::max(e, positive) / (1.0f + e);
}

/// 0.5 (1 + tanh(u)) is sigmoid(2 u), which does not cancel where tanh is
/// near -1.
float tanh_gelu(float x) {
  constexpr float kScale =
      2.0f * std::numbers::sqrt2_v<float> * std::numbers::inv_sqrtpi_v<float>;
  return x * stable_sigmoid(kScale * x * (1.0f + 0.044715f * x * x));
}

/// So many numbers are worked on side by side, which keeps the processor's wide
/// registers busy and reads whole cache lines.
constexpr std::int64_t kLanes = 64;

template <class T>
using Lanes = std::array<T, kLanes>;

/// Up to kLanes neighbouring vectors inside a tensor: vector j is in[j],
/// in[j + step], in[j + 2 step], ... as far as `size` goes. Or `one` vector of
/// `size` neighbours, dealt out to all lanes.
struct Slices {
  const float* in;
  float* out;
  std::int64_t size, step, width;
  bool one;

  /// Calls f(lane, at) for every element, in memory order.
  template <class F>
  void each(F f) const {
    for (std::int64_t row = 0; row < size; row += step) {
      const std::int64_t count = std::min(width, size - row);
      for (std::int64_t j = 0; j < count; ++j) f(j, row + j);
    }
  }

  /// The largest element of each vector. NaN is passed over: the sum of the
  /// exponentials will meet it.
  Lanes<float> largest() const {
    Lanes<float> best;
    best.fill(-std::numeric_limits<float>::infinity());
    each([&](std::int64_t j, std::int64_t at) {
      best[j] = in[at] > best[j] ? in[at] : best[j];
    });
    if (one) best.fill(*std::max_element(best.begin(), best.begin() + width));
    return best;
  }

  /// The sum over each vector, from what its lanes have added up.
  Lanes<double> whole(Lanes<double> total) const {
    if (!one) return total;
    total.fill(std::accumulate(total.begin(), total.begin() + width, 0.0));
    return total;
  }
};

/// Calls f(slices) until every vector along `dim` has been seen once.
template <class F>
Tensor map_slices(const char* operation, const Tensor& x, std::int64_t dim,
                  F f) {
  // A scalar counts as a vector of one element.
  const Shape shape = x.rank() == 0 ? Shape{1} : x.shape();
  const auto axis = static_cast<std::size_t>(
      normalize_axis(operation, dim, static_cast<std::int64_t>(shape.size())));
  const Tensor in = x.contiguous();
  Tensor out = Tensor::empty(x.shape());
  float* target = out.mutable_data();
  const std::int64_t n = shape[axis];
  const std::int64_t stride = row_major_strides(shape)[axis];
  const bool one = stride == 1;
  for (std::int64_t block = 0; block < x.size(); block += n * stride) {
    for (std::int64_t i = 0; i < stride; i += kLanes) {
      const std::int64_t width = std::min(kLanes, one ? n : stride - i);
      f(Slices{in.data() + block + i, target + block + i, n * stride - i,
               one ? width : stride, width, one});
    }
  }
  return out;
}

// Sums are kept in double: in float, 1 + 5e-8 is 1, however often it is added.

void softmax_slices(const Slices& s) {
  const Lanes<float> shift = s.largest();
  Lanes<double> total{};
  s.each([&](std::int64_t j, std::int64_t at) {
    s.out[at] = fast_exp(s.in[at] - shift[j]);
  });
  s.each([&](std::int64_t j, std::int64_t at) { total[j] += s.out[at]; });
  Lanes<float> divisor;
  std::ranges::copy(s.whole(total), divisor.begin());
  s.each([&](std::int64_t j, std::int64_t at) { s.out[at] /= divisor[j]; });
}

void log_softmax_slices(const Slices& s) {
  const Lanes<float> shift = s.largest();
  Lanes<double> total{};
  s.each([&](std::int64_t j, std::int64_t at) {
    total[j] += fast_exp(s.in[at] - shift[j]);
  });
  total = s.whole(total);
  for (double& sum : total) sum = std::log(sum);
  s.each([&](std::int64_t j, std::int64_t at) {
    s.out[at] = static_cast<float>(s.in[at] - shift[j] - total[j]);
  });
}

}  // namespace
// </solution>

Tensor relu(const Tensor& x) {
  Tensor result;
  // <solution task="02.1" name="relu" args="x">
  // The comparison is false for NaN, which therefore stays.
  result = map(x, [](float v) { return v < 0.0f ? 0.0f : v; });
  // </solution>
  return record("relu", {&x}, result);
}

Tensor sigmoid(const Tensor& x) {
  Tensor result;
  // <solution task="02.2" name="sigmoid" args="x">
  result = map(x, stable_sigmoid);
  // </solution>
  return record("sigmoid", {&x}, result);
}

Tensor tanh(const Tensor& x) {
  Tensor result;
  // <solution task="02.3" name="tanh" args="x">
  result = map(x, [](float v) { return std::tanh(v); });
  // </solution>
  return record("tanh", {&x}, result);
}

Tensor gelu(const Tensor& x) {
  Tensor result;
  // <solution task="02.4" name="gelu" args="x">
  result = map(x, tanh_gelu);
  // </solution>
  return record("gelu", {&x}, result);
}

Tensor softmax(const Tensor& x, std::int64_t dim) {
  Tensor result;
  // <solution task="02.5" name="softmax" args="x, dim">
  result = map_slices("softmax", x, dim, softmax_slices);
  // </solution>
  return record("softmax", {&x}, result, {dim});
}

Tensor log_softmax(const Tensor& x, std::int64_t dim) {
  Tensor result;
  // <solution task="02.6" name="log_softmax" args="x, dim">
  result = map_slices("log_softmax", x, dim, log_softmax_slices);
  // </solution>
  return record("log_softmax", {&x}, result, {dim});
}

}  // namespace tinytorch
