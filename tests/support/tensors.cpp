#include "support/tensors.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace test {

using tinytorch::Index;
using tinytorch::Shape;
using tinytorch::Strides;
using tinytorch::Tensor;
using tinytorch::to_string;

namespace {

std::int64_t count(const Shape& shape) {
  std::int64_t product = 1;
  for (const std::int64_t extent : shape) product *= extent;
  return product;
}

/// The coordinates of element i in row-major order.
Index unravel(std::int64_t i, const Shape& shape) {
  Index index(shape.size());
  for (std::size_t d = shape.size(); d-- > 0;) {
    index[d] = i % shape[d];
    i /= shape[d];
  }
  return index;
}

std::int64_t dot(const Index& index, const Strides& strides) {
  std::int64_t sum = 0;
  for (std::size_t d = 0; d < index.size(); ++d) sum += index[d] * strides[d];
  return sum;
}

bool close(float a, float b, float rtol, float atol) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  if (std::isinf(a) || std::isinf(b)) return a == b;
  return !(std::fabs(a - b) > atol + rtol * std::fabs(b));
}

std::string number(float value) {
  if (std::isnan(value)) return "nan";
  char text[32];
  std::snprintf(text, sizeof text, "%.9g", static_cast<double>(value));
  return text;
}

}  // namespace

Tensor make(const Shape& shape, const std::vector<float>& values) {
  Tensor made = Tensor::empty(shape);
  float* next = made.mutable_data();
  for (const float value : values) *next++ = value;
  return made;
}

std::vector<float> values(const Tensor& tensor) {
  std::vector<float> result;
  for (std::int64_t i = 0; i < count(tensor.shape()); ++i) {
    const Index index = unravel(i, tensor.shape());
    result.push_back(tensor.data()[dot(index, tensor.strides())]);
  }
  return result;
}

Tensor scattered(const Shape& shape, const std::vector<float>& values) {
  Strides strides(shape.size());
  std::int64_t stride = 2;
  for (std::size_t d = 0; d < shape.size(); ++d) {
    strides[d] = stride;
    stride *= std::max<std::int64_t>(shape[d], 1);
  }
  auto storage = std::make_shared<tinytorch::Storage>(stride + 1);
  float* memory = storage->mutable_data();
  for (std::int64_t i = 0; i <= stride; ++i) memory[i] = -999.0f;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto at = unravel(static_cast<std::int64_t>(i), shape);
    memory[1 + dot(at, strides)] = values[i];
  }
  return Tensor::view(storage, shape, strides, 1);
}

bool shares_memory(const Tensor& a, const Tensor& b) {
  return a.storage() == b.storage();
}

std::vector<float> counting(const Shape& shape) {
  std::vector<float> result(static_cast<std::size_t>(count(shape)));
  for (std::size_t i = 0; i < result.size(); ++i) {
    result[i] = static_cast<float>(i);
  }
  return result;
}

std::string difference(const Tensor& actual, const Shape& shape,
                       const std::vector<float>& expected, float rtol,
                       float atol) {
  if (actual.shape() != shape) {
    return "expected shape " + to_string(shape) + ", got " +
           to_string(actual.shape());
  }
  const std::vector<float> got = values(actual);
  for (std::size_t i = 0; i < got.size(); ++i) {
    if (close(got[i], expected[i], rtol, atol)) continue;
    const Index index = unravel(static_cast<std::int64_t>(i), shape);
    return "expected " + number(expected[i]) + " at index " + to_string(index) +
           ", got " + number(got[i]);
  }
  return "";
}

IsTensor::IsTensor(Shape shape, std::vector<float> values, float rtol,
                   float atol)
    : shape_(std::move(shape)),
      values_(std::move(values)),
      rtol_(rtol),
      atol_(atol) {}

bool IsTensor::match(const Tensor& actual) const {
  difference_ = difference(actual, shape_, values_, rtol_, atol_);
  return difference_.empty();
}

std::string IsTensor::describe() const {
  return difference_.empty() ? "has shape " + to_string(shape_) : difference_;
}

Mentions::Mentions(std::vector<std::string> parts) : parts_(std::move(parts)) {}

bool Mentions::match(const std::exception& error) const {
  const std::string text = error.what();
  for (const std::string& part : parts_) {
    if (text.find(part) == std::string::npos) return false;
  }
  return true;
}

std::string Mentions::describe() const {
  std::string text = "mentions";
  for (const std::string& part : parts_) text += " \"" + part + "\"";
  return text;
}

}  // namespace test
