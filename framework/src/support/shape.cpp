#include "tinytorch/support/shape.hpp"

#include "tinytorch/support/errors.hpp"

namespace tinytorch {

std::string to_string(const Shape& shape) {
  std::string text = "(";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (i > 0) text += ", ";
    text += std::to_string(shape[i]);
  }
  return text + (shape.size() == 1 ? ",)" : ")");
}

std::int64_t normalize_axis(const char* operation, std::int64_t axis,
                            std::int64_t rank) {
  if (axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis;
  const std::string text =
      std::string(operation) + ": axis " + std::to_string(axis);
  if (rank == 0) throw IndexError(text + " given, but a scalar has no axes");
  throw IndexError(text + " is out of range for a tensor of rank " +
                   std::to_string(rank) + ": use " + std::to_string(-rank) +
                   " to " + std::to_string(rank - 1));
}

}  // namespace tinytorch
