#include <cmath>
#include <cstdio>
#include <ostream>

#include "tinytorch/tensor.hpp"

namespace tinytorch {
namespace {

constexpr std::int64_t kPrintAll = 1000;
constexpr std::int64_t kEdge = 3;

std::string number(float value) {
  // printf shows the sign of a NaN, which means nothing.
  if (std::isnan(value)) return "nan";
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", static_cast<double>(value));
  return text;
}

/// Appends dimension `axis` of the tensor, whose part begins at `data`.
/// Indentation lines rows up under the first bracket.
void append(std::string& text, const Tensor& tensor, std::size_t axis,
            const float* data, std::size_t indent) {
  if (axis == tensor.shape().size()) {
    text += number(*data);
    return;
  }
  const std::int64_t extent = tensor.shape()[axis];
  const bool innermost = axis + 1 == tensor.shape().size();
  const std::string separator =
      innermost ? ", " : ",\n" + std::string(indent + axis + 1, ' ');
  const bool truncated = tensor.size() > kPrintAll && extent > 2 * kEdge;
  text += '[';
  for (std::int64_t i = 0; i < extent; ++i) {
    if (i > 0) text += separator;
    if (truncated && i == kEdge) {
      text += "..." + separator;
      i = extent - kEdge;
    }
    append(text, tensor, axis + 1, data + i * tensor.strides()[axis], indent);
  }
  text += ']';
}

}  // namespace

std::string to_string(const Tensor& tensor) {
  std::string text = "Tensor(";
  if (tensor.size() > 0) {
    append(text, tensor, 0, tensor.data(), text.size());
  } else {
    text += "[]";
  }
  return text + ", shape=" + to_string(tensor.shape()) + ")";
}

std::ostream& operator<<(std::ostream& out, const Tensor& tensor) {
  return out << to_string(tensor);
}

}  // namespace tinytorch
