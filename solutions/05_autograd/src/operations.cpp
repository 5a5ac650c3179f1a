// Module 05, part 9: operations from end to end: compute, record, and a rule.
#include "tinytorch/operations.hpp"

// <solution>
#include <algorithm>
#include <cmath>

// </solution>
#include "tinytorch/autograd.hpp"
// <solution>
#include "tinytorch/support/exponential.hpp"
// </solution>

namespace tinytorch {
namespace {
// <solution>

/// f of every element.
template <class F>
Tensor map(const Tensor& x, F f) {
  const Tensor in = x.contiguous();
  Tensor out = Tensor::empty(x.shape());
  std::transform(in.data(), in.data() + in.size(), out.mutable_data(), f);
  return out;
}

/// `tensors` have one shape but for the extent of `axis`.
void require_alike(const std::vector<Tensor>& tensors, std::size_t axis) {
  for (const Tensor& tensor : tensors) {
    Shape shape = tensor.shape();
    if (shape.size() == tensors[0].shape().size()) {
      shape[axis] = tensors[0].shape()[axis];
    }
    if (shape == tensors[0].shape()) continue;
    throw ShapeError("concatenate: shapes " + to_string(tensors[0].shape()) +
                     " and " + to_string(tensor.shape()) +
                     " may differ only in dimension " + std::to_string(axis));
  }
}

/// indices[i] as a row of `table`, checked.
std::int64_t row_of(const Tensor& table, float index) {
  if (index != std::floor(index)) {
    throw ValueError("embedding: " + std::to_string(index) +
                     " is not a whole number: indices count rows");
  }
  const std::int64_t rows = table.shape()[0];
  if (index < 0.0f || index >= static_cast<float>(rows)) {
    throw IndexError("embedding: index " + std::to_string(index) +
                     " is out of range for a table of shape " +
                     to_string(table.shape()) + ": it has " +
                     std::to_string(rows) + " rows, counted from 0");
  }
  return static_cast<std::int64_t>(index);
}
// </solution>

// y = exp(x)
std::vector<Tensor> exp_backward(const Node& node, const Tensor& gradient) {
  // <solution task="05.12" name="exp_backward" args="node, gradient">
  return {gradient * node.output()};
  // </solution>
}

// y = log(x)
std::vector<Tensor> log_backward(const Node& node, const Tensor& gradient) {
  // <solution task="05.12" name="log_backward" args="node, gradient">
  return {gradient / node.input(0)};
  // </solution>
}

// y = sqrt(x)
std::vector<Tensor> sqrt_backward(const Node& node, const Tensor& gradient) {
  // <solution task="05.12" name="sqrt_backward" args="node, gradient">
  return {gradient / (2.0f * node.output())};
  // </solution>
}

// y = pow(x, exponent); the exponent is input 1, a scalar.
std::vector<Tensor> pow_backward(const Node& node, const Tensor& gradient) {
  // <solution task="05.12" name="pow_backward" args="node, gradient">
  const float exponent = node.input(1).item();
  if (exponent == 0.0f) return {Tensor::zeros(node.shape(0))};
  return {gradient * (exponent * pow(node.input(0), exponent - 1.0f))};
  // </solution>
}

// y = concatenate(tensors, dim); the attribute is {dim}.
std::vector<Tensor> concatenate_backward(const Node& node,
                                         const Tensor& gradient) {
  // <solution task="05.13" name="concatenate_backward" args="node, gradient">
  const std::int64_t dim = node.attributes()[0];
  const auto axis = static_cast<std::size_t>(
      normalize_axis("concatenate", dim, gradient.rank()));
  std::vector<Tensor> gradients;
  std::int64_t start = 0;
  for (std::size_t i = 0; i < node.parents.size(); ++i) {
    const std::int64_t stop = start + node.shape(i)[axis];
    gradients.push_back(gradient.slice(dim, start, stop));
    start = stop;
  }
  return gradients;
  // </solution>
}

// y = embedding(table, indices); indices get no gradient.
std::vector<Tensor> embedding_backward(const Node& node,
                                       const Tensor& gradient) {
  // <solution task="05.13" name="embedding_backward" args="node, gradient">
  Tensor table = Tensor::zeros(node.shape(0));
  const std::int64_t width = table.shape()[1];
  const Tensor indices = node.input(1).contiguous();
  const Tensor rows = gradient.contiguous();
  float* target = table.mutable_data();
  for (std::int64_t i = 0; i < indices.size(); ++i) {
    const auto row = static_cast<std::int64_t>(indices.data()[i]);
    for (std::int64_t j = 0; j < width; ++j) {
      target[row * width + j] += rows.data()[i * width + j];
    }
  }
  return {table};
  // </solution>
}

// y = masked_fill(x, mask, value); the mask gets no gradient.
std::vector<Tensor> masked_fill_backward(const Node& node,
                                         const Tensor& gradient) {
  // <solution task="05.13" name="masked_fill_backward" args="node, gradient">
  return {masked_fill(gradient, node.input(1), 0.0f)};
  // </solution>
}

}  // namespace

Tensor exp(const Tensor& x) {
  Tensor result;
  // <solution task="05.12" name="exp" args="x">
  result = map(x, fast_exp);
  // </solution>
  return record("exp", {&x}, result);
}

Tensor log(const Tensor& x) {
  Tensor result;
  // <solution task="05.12" name="log" args="x">
  result = map(x, [](float v) { return std::log(v); });
  // </solution>
  return record("log", {&x}, result);
}

Tensor sqrt(const Tensor& x) {
  Tensor result;
  // <solution task="05.12" name="sqrt" args="x">
  result = map(x, [](float v) { return std::sqrt(v); });
  // </solution>
  return record("sqrt", {&x}, result);
}

Tensor pow(const Tensor& x, float exponent) {
  Tensor result;
  // <solution task="05.12" name="pow" args="x, exponent">
  result = map(x, [=](float v) { return std::pow(v, exponent); });
  // </solution>
  const Tensor exponent_input(exponent);
  return record("pow", {&x, &exponent_input}, result);
}

Tensor concatenate(const std::vector<Tensor>& tensors, std::int64_t dim) {
  Tensor result;
  // <solution task="05.13" name="concatenate" args="tensors, dim">
  if (tensors.empty()) {
    throw ValueError("concatenate: no tensors given: give at least one");
  }
  if (tensors[0].rank() == 0) {
    throw ShapeError(
        "concatenate: a tensor of shape () has no dimension to "
        "join along: reshape it to (1,)");
  }
  const auto axis = static_cast<std::size_t>(
      normalize_axis("concatenate", dim, tensors[0].rank()));
  require_alike(tensors, axis);
  Shape shape = tensors[0].shape();
  shape[axis] = 0;
  for (const Tensor& tensor : tensors) shape[axis] += tensor.shape()[axis];
  result = Tensor::empty(shape);
  // A block of a tensor: all that stands in one place of the outer dimensions.
  const auto block = [axis](const Tensor& tensor) {
    return tensor.shape()[axis] * row_major_strides(tensor.shape())[axis];
  };
  float* start = result.mutable_data();
  for (const Tensor& tensor : tensors) {
    const Tensor source = tensor.contiguous();
    const std::int64_t n = block(source);
    for (std::int64_t i = 0; n > 0 && i < source.size() / n; ++i) {
      std::copy_n(source.data() + i * n, n, start + i * block(result));
    }
    start += n;
  }
  // </solution>
  std::vector<const Tensor*> inputs;
  for (const Tensor& tensor : tensors) inputs.push_back(&tensor);
  return record("concatenate", inputs, result, {dim});
}

Tensor embedding(const Tensor& table, const Tensor& indices) {
  Tensor result;
  // <solution task="05.13" name="embedding" args="table, indices">
  if (table.rank() != 2) {
    throw ShapeError("embedding: the table's shape " +
                     to_string(table.shape()) + " must be (rows, width)");
  }
  const Tensor rows = table.contiguous();
  const std::int64_t width = table.shape()[1];
  Shape shape = indices.shape();
  shape.push_back(width);
  result = Tensor::empty(shape);
  float* target = result.mutable_data();
  for (const float index : indices.to_vector()) {
    const std::int64_t row = row_of(table, index);
    target = std::copy_n(rows.data() + row * width, width, target);
  }
  // </solution>
  return record("embedding", {&table, &indices}, result);
}

Tensor masked_fill(const Tensor& x, const Tensor& mask, float value) {
  Tensor result;
  // <solution task="05.13" name="masked_fill" args="x, mask, value">
  if (broadcast_shapes("masked_fill", x.shape(), mask.shape()) != x.shape()) {
    throw ShapeError("masked_fill: the mask's shape " +
                     to_string(mask.shape()) + " does not broadcast to " +
                     to_string(x.shape()));
  }
  const Tensor in = x.contiguous();
  const Tensor marks = mask.broadcast_to(x.shape()).contiguous();
  result = Tensor::empty(x.shape());
  std::transform(
      in.data(), in.data() + in.size(), marks.data(), result.mutable_data(),
      [value](float v, float mark) { return mark != 0.0f ? value : v; });
  // </solution>
  return record("masked_fill", {&x, &mask}, result);
}

void register_operation_rules() {
  register_rule("exp", {exp_backward, Save::output});
  register_rule("log", {log_backward, Save::inputs});
  register_rule("sqrt", {sqrt_backward, Save::output});
  register_rule("pow", {pow_backward, Save::inputs});
  register_rule("concatenate", {concatenate_backward, Save::nothing});
  register_rule("embedding", {embedding_backward, Save::inputs});
  register_rule("masked_fill", {masked_fill_backward, Save::inputs});
}

}  // namespace tinytorch
