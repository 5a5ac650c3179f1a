#include "tinytorch/support/nested_list.hpp"

#include "tinytorch/support/errors.hpp"

namespace tinytorch {

NestedList::NestedList(std::initializer_list<NestedList> rows) {
  shape_.push_back(static_cast<std::int64_t>(rows.size()));
  if (rows.size() == 0) return;
  const Shape& row_shape = rows.begin()->shape();
  shape_.insert(shape_.end(), row_shape.begin(), row_shape.end());
  for (const NestedList& row : rows) {
    if (row.shape() != row_shape) {
      throw ShapeError("Tensor: the rows between braces differ in shape, " +
                       to_string(row_shape) + " and " + to_string(row.shape()) +
                       ": give every row the same number of values");
    }
    values_.insert(values_.end(), row.values().begin(), row.values().end());
  }
}

}  // namespace tinytorch
