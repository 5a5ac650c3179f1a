// Module 05, part 9: operations from end to end: compute, record, and a rule.
#include "tinytorch/operations.hpp"

#include "tinytorch/autograd.hpp"

namespace tinytorch {
namespace {

// y = exp(x)
std::vector<Tensor> exp_backward(const Node& node, const Tensor& gradient) {
  // TODO(05.12): exp_backward
  not_implemented("05.12", "exp_backward", node, gradient);
}

// y = log(x)
std::vector<Tensor> log_backward(const Node& node, const Tensor& gradient) {
  // TODO(05.12): log_backward
  not_implemented("05.12", "log_backward", node, gradient);
}

// y = sqrt(x)
std::vector<Tensor> sqrt_backward(const Node& node, const Tensor& gradient) {
  // TODO(05.12): sqrt_backward
  not_implemented("05.12", "sqrt_backward", node, gradient);
}

// y = pow(x, exponent); the exponent is input 1, a scalar.
std::vector<Tensor> pow_backward(const Node& node, const Tensor& gradient) {
  // TODO(05.12): pow_backward
  not_implemented("05.12", "pow_backward", node, gradient);
}

// y = concatenate(tensors, dim); the attribute is {dim}.
std::vector<Tensor> concatenate_backward(const Node& node,
                                         const Tensor& gradient) {
  // TODO(05.13): concatenate_backward
  not_implemented("05.13", "concatenate_backward", node, gradient);
}

// y = embedding(table, indices); indices get no gradient.
std::vector<Tensor> embedding_backward(const Node& node,
                                       const Tensor& gradient) {
  // TODO(05.13): embedding_backward
  not_implemented("05.13", "embedding_backward", node, gradient);
}

// y = masked_fill(x, mask, value); the mask gets no gradient.
std::vector<Tensor> masked_fill_backward(const Node& node,
                                         const Tensor& gradient) {
  // TODO(05.13): masked_fill_backward
  not_implemented("05.13", "masked_fill_backward", node, gradient);
}

}  // namespace

Tensor exp(const Tensor& x) {
  Tensor result;
  // TODO(05.12): exp
  not_implemented("05.12", "exp", x);
  return record("exp", {&x}, result);
}

Tensor log(const Tensor& x) {
  Tensor result;
  // TODO(05.12): log
  not_implemented("05.12", "log", x);
  return record("log", {&x}, result);
}

Tensor sqrt(const Tensor& x) {
  Tensor result;
  // TODO(05.12): sqrt
  not_implemented("05.12", "sqrt", x);
  return record("sqrt", {&x}, result);
}

Tensor pow(const Tensor& x, float exponent) {
  Tensor result;
  // TODO(05.12): pow
  not_implemented("05.12", "pow", x, exponent);
  const Tensor exponent_input(exponent);
  return record("pow", {&x, &exponent_input}, result);
}

Tensor concatenate(const std::vector<Tensor>& tensors, std::int64_t dim) {
  Tensor result;
  // TODO(05.13): concatenate
  not_implemented("05.13", "concatenate", tensors, dim);
  std::vector<const Tensor*> inputs;
  for (const Tensor& tensor : tensors) inputs.push_back(&tensor);
  return record("concatenate", inputs, result, {dim});
}

Tensor embedding(const Tensor& table, const Tensor& indices) {
  Tensor result;
  // TODO(05.13): embedding
  not_implemented("05.13", "embedding", table, indices);
  return record("embedding", {&table, &indices}, result);
}

Tensor masked_fill(const Tensor& x, const Tensor& mask, float value) {
  Tensor result;
  // TODO(05.13): masked_fill
  not_implemented("05.13", "masked_fill", x, mask, value);
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
