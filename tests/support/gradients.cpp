#include "support/gradients.hpp"

#include "support/fake_operations.hpp"

namespace test {

using tinytorch::Node;
using tinytorch::Operation;
using tinytorch::Tensor;

namespace {

void register_rules() {
  tinytorch::register_arithmetic_rules();
  tinytorch::register_matmul_rule();
  tinytorch::register_reduction_rules();
  tinytorch::register_view_rules();
  tinytorch::register_activation_rules();
  tinytorch::register_loss_rules();
  tinytorch::register_operation_rules();
}

}  // namespace

std::shared_ptr<Node> node_of(const Step& step) {
  register_rules();
  std::vector<const Tensor*> inputs;
  for (const Tensor& input : step.inputs) inputs.push_back(&input);
  const Operation operation{step.operation, inputs, step.attributes};
  auto node = std::make_shared<Node>(operation, step.output,
                                     tinytorch::find_rule(step.operation));
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const bool needed = step.needs.empty() || step.needs[i];
    node->parents.push_back(needed ? std::make_shared<Node>() : nullptr);
  }
  return node;
}

std::vector<Tensor> gradients_of(const Step& step, const Tensor& gradient) {
  return node_of(step)->apply(gradient);
}

Tensor gradient_of(const Step& step, const Tensor& gradient) {
  return gradients_of(step, gradient).at(0);
}

Engine::Engine() : before_(tinytorch::set_recorder(nullptr)) {
  tinytorch::enable_autograd();
  register_fake_rules();
}

Engine::~Engine() { tinytorch::set_recorder(before_); }

Tensor leaf(const tinytorch::Shape& shape, const std::vector<float>& values) {
  return make(shape, values).set_requires_grad();
}

}  // namespace test
