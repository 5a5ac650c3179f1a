// Module 05, part 7: the way back through activations.
//
// softmax and log_softmax have the attribute {dim}.
// <solution>
#include <algorithm>
#include <cmath>
#include <numbers>

// </solution>
#include "tinytorch/activations.hpp"
#include "tinytorch/autograd.hpp"

namespace tinytorch {
namespace {
// <solution>

/// f(gradient, value), element by element.
template <class F>
Tensor zip(const Tensor& gradient, const Tensor& value, F f) {
  const Tensor g = gradient.contiguous();
  const Tensor v = value.contiguous();
  Tensor out = Tensor::empty(g.shape());
  std::transform(g.data(), g.data() + g.size(), v.data(), out.mutable_data(),
                 f);
  return out;
}

/// The derivative of 0.5 x (1 + tanh(u)) with u = k (x + 0.044715 x^3), by the
/// product rule and the chain rule.
float gelu_slope(float x) {
  constexpr float kScale =
      std::numbers::sqrt2_v<float> * std::numbers::inv_sqrtpi_v<float>;
  const float t = std::tanh(kScale * (x + 0.044715f * x * x * x));
  const float inner = kScale * (1.0f + 3.0f * 0.044715f * x * x);
  return 0.5f * (1.0f + t) + 0.5f * x * (1.0f - t * t) * inner;
}
// </solution>

// y = relu(x)
std::vector<Tensor> relu_backward(const Node& node, const Tensor& gradient) {
  // <solution task="05.9" name="relu_backward" args="node, gradient">
  return {zip(gradient, node.output(),
              [](float g, float y) { return y > 0.0f ? g : 0.0f; })};
  // </solution>
}

// y = sigmoid(x)
std::vector<Tensor> sigmoid_backward(const Node& node, const Tensor& gradient) {
  // <solution task="05.9" name="sigmoid_backward" args="node, gradient">
  return {zip(gradient, node.output(),
              [](float g, float y) { return g * y * (1.0f - y); })};
  // </solution>
}

// y = tanh(x)
std::vector<Tensor> tanh_backward(const Node& node, const Tensor& gradient) {
  // <solution task="05.9" name="tanh_backward" args="node, gradient">
  return {zip(gradient, node.output(),
              [](float g, float y) { return g * (1.0f - y * y); })};
  // </solution>
}

// y = gelu(x)
std::vector<Tensor> gelu_backward(const Node& node, const Tensor& gradient) {
  // <solution task="05.9" name="gelu_backward" args="node, gradient">
  return {zip(gradient, node.input(0),
              [](float g, float x) { return g * gelu_slope(x); })};
  // </solution>
}

// y = softmax(x, dim)
std::vector<Tensor> softmax_backward(const Node& node, const Tensor& gradient) {
  // <solution task="05.10" name="softmax_backward" args="node, gradient">
  const Tensor& y = node.output();
  const Tensor weighted = gradient * y;
  return {weighted - y * weighted.sum(node.attributes()[0], true)};
  // </solution>
}

// y = log_softmax(x, dim)
std::vector<Tensor> log_softmax_backward(const Node& node,
                                         const Tensor& gradient) {
  // <solution task="05.10" name="log_softmax_backward" args="node, gradient">
  // softmax(log_softmax(x)) is softmax(x).
  const std::int64_t dim = node.attributes()[0];
  const Tensor total = gradient.sum(dim, true);
  return {gradient - softmax(node.output(), dim) * total};
  // </solution>
}

}  // namespace

void register_activation_rules() {
  register_rule("relu", {relu_backward, Save::output});
  register_rule("sigmoid", {sigmoid_backward, Save::output});
  register_rule("tanh", {tanh_backward, Save::output});
  register_rule("gelu", {gelu_backward, Save::inputs});
  register_rule("softmax", {softmax_backward, Save::output});
  register_rule("log_softmax", {log_softmax_backward, Save::output});
}

}  // namespace tinytorch
