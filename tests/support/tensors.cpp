#include "support/tensors.hpp"

#include <cstdio>
#include <utility>

namespace test {

using tinytorch::Index;
using tinytorch::Shape;
using tinytorch::Tensor;
using tinytorch::to_string;

namespace {

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
