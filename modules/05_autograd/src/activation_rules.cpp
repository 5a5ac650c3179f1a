// Module 05, part 7: the way back through activations.
//
// softmax and log_softmax have the attribute {dim}.
#include "tinytorch/activations.hpp"
#include "tinytorch/autograd.hpp"

namespace tinytorch {
namespace {

// y = relu(x)
std::vector<Tensor> relu_backward(const Node& node, const Tensor& gradient) {
  // TODO(05.9): relu_backward
  not_implemented("05.9", "relu_backward", node, gradient);
}

// y = sigmoid(x)
std::vector<Tensor> sigmoid_backward(const Node& node, const Tensor& gradient) {
  // TODO(05.9): sigmoid_backward
  not_implemented("05.9", "sigmoid_backward", node, gradient);
}

// y = tanh(x)
std::vector<Tensor> tanh_backward(const Node& node, const Tensor& gradient) {
  // TODO(05.9): tanh_backward
  not_implemented("05.9", "tanh_backward", node, gradient);
}

// y = gelu(x)
std::vector<Tensor> gelu_backward(const Node& node, const Tensor& gradient) {
  // TODO(05.9): gelu_backward
  not_implemented("05.9", "gelu_backward", node, gradient);
}

// y = softmax(x, dim)
std::vector<Tensor> softmax_backward(const Node& node, const Tensor& gradient) {
  // TODO(05.10): softmax_backward
  not_implemented("05.10", "softmax_backward", node, gradient);
}

// y = log_softmax(x, dim)
std::vector<Tensor> log_softmax_backward(const Node& node,
                                         const Tensor& gradient) {
  // TODO(05.10): log_softmax_backward
  not_implemented("05.10", "log_softmax_backward", node, gradient);
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
