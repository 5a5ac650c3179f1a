// Module 01, part 6: many numbers into few.
// <solution>
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

// </solution>
#include "tinytorch/tensor.hpp"

namespace tinytorch {
// <solution>
namespace {

/// A reduction of blocks in memory, one after the other: each is `axis` rows of
/// `inner` neighbours. Without an axis, all elements are one block.
struct Loops {
  std::int64_t axis = 0, inner = 1;
  Shape result;
};

Loops plan(const char* operation, const Tensor& x,
           std::optional<std::int64_t> axis, bool keepdims) {
  Loops loops;
  const bool scalar = x.rank() == 0;
  if (axis && scalar) normalize_axis(operation, *axis, 1);
  if (!axis || scalar) {
    loops.axis = x.size();
    if (keepdims) loops.result.assign(x.shape().size(), 1);
    return loops;
  }
  const auto reduced =
      static_cast<std::size_t>(normalize_axis(operation, *axis, x.rank()));
  for (std::size_t i = 0; i < x.shape().size(); ++i) {
    const std::int64_t extent = x.shape()[i];
    if (i > reduced) loops.inner *= extent;
    if (i != reduced) loops.result.push_back(extent);
    if (i == reduced && keepdims) loops.result.push_back(1);
  }
  loops.axis = x.shape()[reduced];
  return loops;
}

/// The sum of n neighbours, in eight parts: an addition must wait for the one
/// before it, but not for those of the other parts.
double sum_run(const float* in, std::int64_t n) {
  std::array<double, 8> parts{};
  const std::int64_t rest = n % static_cast<std::int64_t>(parts.size());
  const float* const end = in + n;
  while (in != end - rest) {
    for (double& part : parts) part += static_cast<double>(*in++);
  }
  return std::accumulate(in, end,
                         std::accumulate(parts.begin(), parts.end(), 0.0));
}

/// The sum along the axis, in double so that long sums keep their digits,
/// divided by `divisor`.
Tensor sum_over(const Tensor& x, const Loops& loops, double divisor) {
  Tensor out = Tensor::empty(loops.result);
  if (out.size() == 0) return out;
  const Tensor flat = x.contiguous();
  const float* in = flat.data();
  float* target = out.mutable_data();
  float* const end = target + out.size();
  if (loops.inner == 1) {
    for (; target != end; in += loops.axis) {
      *target++ = static_cast<float>(sum_run(in, loops.axis) / divisor);
    }
    return out;
  }
  std::vector<double> totals(static_cast<std::size_t>(loops.inner));
  while (target != end) {
    std::fill(totals.begin(), totals.end(), 0.0);
    for (std::int64_t k = 0; k < loops.axis; ++k) {
      for (double& total : totals) total += static_cast<double>(*in++);
    }
    for (const double total : totals) {
      *target++ = static_cast<float>(total / divisor);
    }
  }
  return out;
}

/// Whether a candidate replaces the best so far. NaN beats everything, and
/// nothing beats NaN.
bool beats(float candidate, float best, bool largest) {
  if (std::isnan(best)) return false;
  if (std::isnan(candidate)) return true;
  return largest ? candidate > best : candidate < best;
}

/// Calls visit(i, position, value) for each element i of the result with the
/// extreme value along the axis and its position there.
template <class Visit>
void find_extremes(const char* operation, const Tensor& x, const Loops& loops,
                   bool largest, Visit visit) {
  // Also where the result would be empty too, as PyTorch does.
  if (loops.axis == 0) {
    throw ShapeError(std::string(operation) + ": shape " +
                     to_string(x.shape()) +
                     " has no elements to choose from along the axis");
  }
  if (x.size() == 0) return;
  const Tensor flat = x.contiguous();
  std::vector<std::int64_t> best(static_cast<std::size_t>(loops.inner));
  const std::int64_t block = loops.axis * loops.inner;
  for (std::int64_t start = 0; start < x.size(); start += block) {
    const float* in = flat.data() + start;
    const auto value = [&](std::int64_t k, std::int64_t i) {
      return in[k * loops.inner + i];
    };
    std::fill(best.begin(), best.end(), 0);
    for (std::int64_t k = 1; k < loops.axis; ++k) {
      for (std::int64_t i = 0; i < loops.inner; ++i) {
        std::int64_t& b = best[static_cast<std::size_t>(i)];
        if (beats(value(k, i), value(b, i), largest)) b = k;
      }
    }
    for (std::int64_t i = 0; i < loops.inner; ++i) {
      const std::int64_t b = best[static_cast<std::size_t>(i)];
      visit(start / loops.axis + i, b, value(b, i));
    }
  }
}

Tensor extreme(const char* operation, const Tensor& x, const Loops& loops,
               bool largest) {
  Tensor out = Tensor::empty(loops.result);
  float* target = out.mutable_data();
  find_extremes(operation, x, loops, largest,
                [target](std::int64_t i, std::int64_t, float value) {
                  target[i] = value;
                });
  return out;
}

}  // namespace
// </solution>
namespace {

/// What a reduction reports besides its input.
Shape attributes(std::optional<std::int64_t> axis, bool keepdims) {
  return axis ? Shape{*axis, keepdims} : Shape{};
}

}  // namespace

Tensor Tensor::sum(std::optional<std::int64_t> axis, bool keepdims) const {
  Tensor result;
  // <solution task="01.12" name="sum" args="axis, keepdims">
  result = sum_over(*this, plan("sum", *this, axis, keepdims), 1.0);
  // </solution>
  return record("sum", {this}, result, attributes(axis, keepdims));
}

Tensor Tensor::mean(std::optional<std::int64_t> axis, bool keepdims) const {
  Tensor result;
  // <solution task="01.12" name="mean" args="axis, keepdims">
  const Loops loops = plan("mean", *this, axis, keepdims);
  result = sum_over(*this, loops, static_cast<double>(loops.axis));
  // </solution>
  return record("mean", {this}, result, attributes(axis, keepdims));
}

Tensor Tensor::max(std::optional<std::int64_t> axis, bool keepdims) const {
  Tensor result;
  // <solution task="01.13" name="max" args="axis, keepdims">
  result = extreme("max", *this, plan("max", *this, axis, keepdims), true);
  // </solution>
  return record("max", {this}, result, attributes(axis, keepdims));
}

Tensor Tensor::min(std::optional<std::int64_t> axis, bool keepdims) const {
  Tensor result;
  // <solution task="01.13" name="min" args="axis, keepdims">
  result = extreme("min", *this, plan("min", *this, axis, keepdims), false);
  // </solution>
  return record("min", {this}, result, attributes(axis, keepdims));
}

Tensor Tensor::argmax(std::optional<std::int64_t> axis, bool keepdims) const {
  // <solution task="01.13" name="argmax" args="axis, keepdims">
  const Loops loops = plan("argmax", *this, axis, keepdims);
  Tensor out = empty(loops.result);
  float* target = out.mutable_data();
  find_extremes("argmax", *this, loops, true,
                [target](std::int64_t i, std::int64_t position, float) {
                  target[i] = static_cast<float>(position);
                });
  return out;
  // </solution>
}

}  // namespace tinytorch
