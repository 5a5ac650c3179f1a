// Tools for tests of autograd. Rules are asked directly, without the engine, so
// that a mistake in backward() does not show in the tests of a rule.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "support/tensors.hpp"
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

/// The node that the operation leaves behind; its parents are fresh leaves.
std::shared_ptr<tinytorch::Node> node_of(const Step& step);

/// What the operation's rule answers, by way of Node::apply().
std::vector<tinytorch::Tensor> gradients_of(const Step& step,
                                            const tinytorch::Tensor& gradient);

/// The first of them.
tinytorch::Tensor gradient_of(const Step& step,
                              const tinytorch::Tensor& gradient);

/// While one lives, autograd is enabled, and the operations of
/// fake_operations.hpp have rules, too.
class Engine {
 public:
  Engine();
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

 private:
  tinytorch::Recorder before_;
};

/// A contiguous tensor that requires a gradient.
tinytorch::Tensor leaf(const tinytorch::Shape& shape,
                       const std::vector<float>& values);

}  // namespace test
