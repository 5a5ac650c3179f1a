// Nested braces: what stands between { and } when a tensor is written down.
#pragma once

#include <initializer_list>
#include <type_traits>
#include <vector>

#include "tinytorch/support/shape.hpp"

namespace tinytorch {

/// Braces of any depth, flattened: {{1, 2}, {3, 4}} has the shape (2, 2) and
/// the values 1 2 3 4.
class NestedList {
 public:
  template <class Number>
  requires std::is_arithmetic_v<Number> NestedList(Number value)
      : values_{static_cast<float>(value)} {}

  /// @throws ShapeError  if the rows differ in shape
  NestedList(std::initializer_list<NestedList> rows);

  const Shape& shape() const { return shape_; }
  const std::vector<float>& values() const { return values_; }

 private:
  Shape shape_;
  std::vector<float> values_;
};

}  // namespace tinytorch
