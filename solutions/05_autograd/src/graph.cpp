// Module 05, part 1: what operations leave behind.
// <solution>
#include <algorithm>
// </solution>
#include <unordered_map>
#include <utility>

#include "tinytorch/autograd.hpp"

namespace tinytorch {
namespace {

std::unordered_map<std::string_view, Rule>& rules() {
  static std::unordered_map<std::string_view, Rule> all;
  return all;
}

thread_local bool recording = true;

}  // namespace

void register_rule(std::string_view operation, Rule rule) {
  rules()[operation] = rule;
}

Rule find_rule(std::string_view operation) {
  const auto found = rules().find(operation);
  if (found != rules().end()) return found->second;
  throw AutogradError(std::string(operation) +
                      ": this operation has no backward rule: give it one "
                      "with register_rule(), or use NoGradGuard");
}

void enable_autograd() {
  register_arithmetic_rules();
  register_matmul_rule();
  register_reduction_rules();
  register_view_rules();
  register_activation_rules();
  register_loss_rules();
  register_operation_rules();
  set_recorder(record_operation);
}

bool grad_enabled() { return recording; }

NoGradGuard::NoGradGuard() : before_(recording) {
  // <solution task="05.2" name="NoGradGuard">
  recording = false;
  // </solution>
}

NoGradGuard::~NoGradGuard() { recording = before_; }

SavedTensor::SavedTensor(const Tensor& tensor)
    : value_(tensor.detach()), version_(tensor.storage()->version()) {}

const Tensor& SavedTensor::get(std::string_view operation) const {
  // <solution task="05.1" name="SavedTensor::get" args="operation">
  if (value_.storage()->version() != version_) {
    throw AutogradError(std::string(operation) + ": a tensor of shape " +
                        to_string(value_.shape()) +
                        " that its gradient needs was changed in place after "
                        "the operation: change a clone() instead");
  }
  return value_;
  // </solution>
}

Node::Node(const Operation& operation, const Tensor& output, const Rule& rule)
    : name_(operation.name), rule_(rule), attributes_(operation.attributes) {
  for (const Tensor* input : operation.inputs) {
    shapes_.push_back(input->shape());
    if (rule.save == Save::inputs) saved_.emplace_back(*input);
  }
  if (rule.save == Save::output) saved_.emplace_back(output);
}

const Tensor& Node::saved(Save what, std::size_t i) const {
  if (rule_.save == what && i < saved_.size()) return saved_[i].get(name_);
  throw AutogradError(
      std::string(name_) + ": its rule asks for " +
      (what == Save::output ? "the output" : "input " + std::to_string(i)) +
      ", which was not saved: see where register_rule() is called");
}

void Node::use_up() {
  saved_.clear();
  parents.clear();
  used_up_ = true;
}

std::vector<Tensor> Node::apply(const Tensor& gradient_of_output) const {
  std::vector<Tensor> gradients = rule_.backward(*this, gradient_of_output);
  for (std::size_t i = 0; i < parents.size(); ++i) {
    if (!needs(i)) continue;
    if (i >= gradients.size()) {
      throw AutogradError(std::string(name_) + ": input " + std::to_string(i) +
                          " has no gradient: detach() it");
    }
    if (gradients[i].shape() != shape(i)) {
      throw AutogradError(std::string(name_) + ": the gradient of input " +
                          std::to_string(i) + " has the shape " +
                          to_string(gradients[i].shape()) + ", but the input " +
                          to_string(shape(i)));
    }
  }
  return gradients;
}

void record_operation(const Operation& operation, const Tensor& output) {
  // <solution task="05.2" name="record_operation" args="operation, output">
  const auto needs_gradient = [](const Tensor* t) {
    return t->requires_grad();
  };
  if (!grad_enabled() || std::none_of(operation.inputs.begin(),
                                      operation.inputs.end(), needs_gradient)) {
    return;
  }
  const auto node =
      std::make_shared<Node>(operation, output, find_rule(operation.name));
  for (const Tensor* input : operation.inputs) {
    node->parents.push_back(input->node());
  }
  output.set_node(node);
  // </solution>
}

}  // namespace tinytorch
