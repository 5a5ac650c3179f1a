// Tools for tests of tensors. They rely on as little of the student's code as
// possible (numel and row_major_strides), so that a mistake in one task does
// not show in the tests of another.
#pragma once

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/memory.hpp"
#include "tinytorch/tensor.hpp"

namespace test {

inline constexpr float kInf = std::numeric_limits<float>::infinity();
inline constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

/// What keeps `actual` from having this shape and these values: "" if nothing,
/// otherwise the shapes or the first difference and its index. Values are
/// close if |a - b| <= atol + rtol |b|; infinities and NaN must be equal.
std::string difference(const tinytorch::Tensor& actual,
                       const tinytorch::Shape& shape,
                       const std::vector<float>& values, float rtol,
                       float atol);

#if __has_include(<catch2/catch_all.hpp>)
using MatcherBase = Catch::Matchers::MatcherBase<tinytorch::Tensor>;
#else
using MatcherBase = Catch::MatcherBase<tinytorch::Tensor>;
#endif

/// CHECK_THAT(y, IsTensor({2, 2}, {1, 2, 3, 4})): shape and values, exactly or
/// within a relative (and absolute) tolerance.
class IsTensor : public MatcherBase {
 public:
  IsTensor(tinytorch::Shape shape, std::vector<float> values, float rtol = 0,
           float atol = 0);

  bool match(const tinytorch::Tensor& actual) const override;
  std::string describe() const override;

 private:
  tinytorch::Shape shape_;
  std::vector<float> values_;
  float rtol_;
  float atol_;
  mutable std::string difference_;
};

/// Whether an exception's text contains every one of `parts`: a message must
/// name the operation, the shapes and the fix.
class Mentions
#if __has_include(<catch2/catch_all.hpp>)
    : public Catch::Matchers::MatcherBase<std::exception> {
#else
    : public Catch::MatcherBase<std::exception> {
#endif
 public:
  explicit Mentions(std::vector<std::string> parts);

  bool match(const std::exception& error) const override;
  std::string describe() const override;

 private:
  std::vector<std::string> parts_;
};

}  // namespace test
