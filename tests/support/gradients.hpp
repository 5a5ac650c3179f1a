// Tools for tests of autograd. Rules are asked directly, without the engine, so
// that a mistake in backward() does not show in the tests of a rule.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "support/fake_operations.hpp"
#include "support/memory.hpp"
#include "tinytorch/autograd.hpp"

namespace test {

/// An operation that took place. `output` matters only to a rule that saves it.
struct Step {
  std::string_view operation;
  std::vector<tinytorch::Tensor> inputs;
  tinytorch::Tensor output = {};
  tinytorch::Shape attributes = {};
  /// Whether each input needs a gradient; empty: all of them.
  std::vector<bool> needs = {};
};

/// While one lives, autograd is enabled, and the operations of
/// fake_operations.hpp have rules, too.
class Engine {
 public:
  Engine() : before_(tinytorch::set_recorder(nullptr)) {
    tinytorch::enable_autograd();
    register_fake_rules();
  }
  ~Engine() { tinytorch::set_recorder(before_); }
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

 private:
  tinytorch::Recorder before_;
};

/// The node that the operation leaves behind; its parents are fresh leaves.
inline std::shared_ptr<Node> node_of(const Step& step) {
  const Engine rules;
  std::vector<const Tensor*> inputs;
  for (const Tensor& input : step.inputs) inputs.push_back(&input);
  const tinytorch::Operation operation{step.operation, inputs, step.attributes};
  auto node = std::make_shared<Node>(operation, step.output,
                                     tinytorch::find_rule(step.operation));
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const bool needed = step.needs.empty() || step.needs[i];
    node->parents.push_back(needed ? std::make_shared<Node>() : nullptr);
  }
  return node;
}

/// What the operation's rule answers, by way of Node::apply().
inline std::vector<Tensor> gradients_of(const Step& step,
                                        const Tensor& gradient) {
  return node_of(step)->apply(gradient);
}

/// The first of them.
inline Tensor gradient_of(const Step& step, const Tensor& gradient) {
  return gradients_of(step, gradient).at(0);
}

/// A contiguous tensor that requires a gradient.
inline Tensor leaf(const tinytorch::Shape& shape,
                   const std::vector<float>& values) {
  return make(shape, values).set_requires_grad();
}

}  // namespace test
