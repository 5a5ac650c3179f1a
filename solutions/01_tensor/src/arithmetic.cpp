// Module 01, part 4: element by element.
// <solution>
#include <algorithm>
#include <cmath>

// </solution>
#include "tinytorch/tensor.hpp"

namespace tinytorch {
// <solution>
namespace {

/// One row: out[i] = f(a[i * sa], b[i * sb]); returns its end. The usual
/// strides get loops of their own, which the compiler can vectorise.
template <class F>
float* map_row(std::int64_t n, const float* a, std::int64_t sa, const float* b,
               std::int64_t sb, float* out, F f) {
  if (sa == 1 && sb == 1) return std::transform(a, a + n, b, out, f);
  if (sa == 1 && sb == 0) {
    return std::transform(a, a + n, out, [=](float x) { return f(x, *b); });
  }
  if (sa == 0 && sb == 1) {
    return std::transform(b, b + n, out, [=](float y) { return f(*a, y); });
  }
  for (std::int64_t i = 0; i < n; ++i) *out++ = f(a[i * sa], b[i * sb]);
  return out;
}

/// Dimension `axis` and all after it; returns the end of what was written.
template <class F>
float* map_rows(const Shape& shape, std::size_t axis, const float* a,
                const Strides& strides_a, const float* b,
                const Strides& strides_b, float* out, F f) {
  const std::int64_t extent = shape[axis];
  const std::int64_t sa = strides_a[axis];
  const std::int64_t sb = strides_b[axis];
  if (axis + 1 == shape.size()) {
    return map_row(extent, a, sa, b, sb, out, f);
  }
  for (std::int64_t i = 0; i < extent; ++i) {
    out = map_rows(shape, axis + 1, a + i * sa, strides_a, b + i * sb,
                   strides_b, out, f);
  }
  return out;
}

/// The strides that walk through `tensor` as if it had the larger `shape`: 0
/// where it is repeated. As broadcast_to, but without a tensor to hold them.
Strides strides_within(const Shape& shape, const Tensor& tensor) {
  Strides result(shape.size(), 0);
  const std::size_t added = shape.size() - tensor.shape().size();
  for (std::size_t i = 0; i < tensor.shape().size(); ++i) {
    if (tensor.shape()[i] != 1) result[added + i] = tensor.strides()[i];
  }
  return result;
}

/// How far apart the tensor's elements lie if all `size` elements of the result
/// are one row; nothing if it must be walked dimension by dimension.
std::optional<std::int64_t> flat_stride(const Tensor& tensor,
                                        std::int64_t size) {
  if (tensor.size() == 1) return 0;
  if (tensor.size() == size && tensor.is_contiguous()) return 1;
  return {};
}

/// f of every pair of elements, with broadcasting.
template <class F>
Tensor map(const char* operation, const Tensor& a, const Tensor& b, F f) {
  const Shape shape = broadcast_shapes(operation, a.shape(), b.shape());
  Tensor out = Tensor::empty(shape);
  float* target = out.mutable_data();
  const auto flat_a = flat_stride(a, out.size());
  const auto flat_b = flat_stride(b, out.size());
  if (flat_a && flat_b) {
    map_row(out.size(), a.data(), *flat_a, b.data(), *flat_b, target, f);
  } else {
    map_rows(shape, 0, a.data(), strides_within(shape, a), b.data(),
             strides_within(shape, b), target, f);
  }
  return out;
}

/// In double, where the difference of two floats cannot overflow.
bool close(double a, double b, double rtol, double atol, bool equal_nan) {
  if (std::isnan(a) && std::isnan(b)) return equal_nan;
  // Equal infinities are close; their difference would be NaN.
  if (a == b) return true;
  return std::isfinite(a) && std::isfinite(b) &&
         std::fabs(a - b) <= atol + rtol * std::fabs(b);
}

}  // namespace
// </solution>

Tensor operator+(const Tensor& a, const Tensor& b) {
  Tensor result;
  // <solution task="01.10" name="add" args="a, b">
  result = map("add", a, b, [](float x, float y) { return x + y; });
  // </solution>
  return record("add", {&a, &b}, result);
}

Tensor operator-(const Tensor& a, const Tensor& b) {
  Tensor result;
  // <solution task="01.10" name="subtract" args="a, b">
  result = map("subtract", a, b, [](float x, float y) { return x - y; });
  // </solution>
  return record("subtract", {&a, &b}, result);
}

Tensor operator*(const Tensor& a, const Tensor& b) {
  Tensor result;
  // <solution task="01.10" name="multiply" args="a, b">
  result = map("multiply", a, b, [](float x, float y) { return x * y; });
  // </solution>
  return record("multiply", {&a, &b}, result);
}

Tensor operator/(const Tensor& a, const Tensor& b) {
  Tensor result;
  // <solution task="01.10" name="divide" args="a, b">
  result = map("divide", a, b, [](float x, float y) { return x / y; });
  // </solution>
  return record("divide", {&a, &b}, result);
}

Tensor operator-(const Tensor& a) {
  Tensor result;
  // <solution task="01.10" name="negate" args="a">
  result = map("negate", a, a, [](float x, float) { return -x; });
  // </solution>
  return record("negate", {&a}, result);
}

bool allclose(const Tensor& a, const Tensor& b, float rtol, float atol,
              bool equal_nan) {
  // <solution task="01.14" name="allclose" args="a, b, rtol, atol, equal_nan">
  if (!(rtol >= 0.0f) || !(atol >= 0.0f)) {
    throw ValueError("allclose: rtol " + std::to_string(rtol) + " and atol " +
                     std::to_string(atol) + " must be 0 or more");
  }
  const Tensor verdict = map("allclose", a, b, [&](float x, float y) {
    return close(x, y, rtol, atol, equal_nan) ? 1.0f : 0.0f;
  });
  const float* verdicts = verdict.data();
  return std::all_of(verdicts, verdicts + verdict.size(),
                     [](float v) { return v == 1.0f; });
  // </solution>
}

}  // namespace tinytorch
