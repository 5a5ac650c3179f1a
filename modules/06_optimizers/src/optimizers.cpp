// Module 06: how parameters follow their gradients downhill.
#include "tinytorch/optimizers.hpp"

#include <charconv>
#include <cmath>
#include <set>
#include <utility>

#include "tinytorch/autograd.hpp"

namespace tinytorch {
namespace {

/// Refuses an option that is out of range. The ranges are written so that NaN,
/// for which every comparison is false, lies outside.
void require(bool in_range, const char* option, const char* range,
             float value) {
  if (in_range) return;
  char text[32];
  const std::string got(text,
                        std::to_chars(text, text + sizeof text, value).ptr);
  throw ValueError(std::string("Optimizer: ") + option + " must be " + range +
                   ", got " + got);
}

void require_at_least_0(const char* option, float value) {
  require(value >= 0.0f && std::isfinite(value), option,
          "finite and at least 0", value);
}

void require_below_1(const char* option, float value) {
  require(value >= 0.0f && value < 1.0f, option, "at least 0 and below 1",
          value);
}

void require_parameter(const Tensor& parameter, std::size_t i) {
  const char* fault = nullptr;
  if (!parameter.requires_grad()) {
    fault = "requires no gradient: mark it with set_requires_grad()";
  } else if (!parameter.node()->is_leaf()) {
    fault = "was computed by an operation: mark a tensor without a past";
  } else if (!parameter.is_contiguous()) {
    fault = "is not contiguous: mark a contiguous() copy instead";
  }
  if (fault == nullptr) return;
  throw ValueError("Optimizer: parameter " + std::to_string(i) + " of shape " +
                   to_string(parameter.shape()) + " " + fault);
}

}  // namespace

Optimizer::Optimizer(std::vector<Tensor> parameters, float lr)
    : parameters_(std::move(parameters)) {
  if (parameters_.empty()) {
    throw ValueError(
        "Optimizer: there are no parameters: pass those of a "
        "network, net.parameters()");
  }
  std::set<const float*> seen;
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    require_parameter(parameters_[i], i);
    if (seen.insert(parameters_[i].data()).second) continue;
    throw ValueError("Optimizer: parameter " + std::to_string(i) +
                     " of shape " + to_string(parameters_[i].shape()) +
                     " is given twice: each step would change it twice");
  }
  set_lr(lr);
}

void Optimizer::set_lr(float lr) {
  require_at_least_0("lr", lr);
  lr_ = lr;
}

void Optimizer::zero_grad() {
  // TODO(06.1): zero_grad
  not_implemented("06.1", "zero_grad");
}

// -- SGD ----------------------------------------------------------------------

SGD::SGD(std::vector<Tensor> parameters, SGDOptions options)
    : Optimizer(std::move(parameters), options.lr),
      momentum_(options.momentum),
      weight_decay_(options.weight_decay) {
  require_below_1("momentum", momentum_);
  require_at_least_0("weight_decay", weight_decay_);
}

void SGD::step() {
  // TODO(06.2): SGD::step
  not_implemented("06.2", "SGD::step");
}

OptimizerState SGD::state() const {
  // TODO(06.5): SGD::state
  not_implemented("06.5", "SGD::state");
}

void SGD::set_state(const OptimizerState& state) {
  // TODO(06.5): SGD::set_state
  not_implemented("06.5", "SGD::set_state", state);
}

// -- Adam and AdamW -----------------------------------------------------------

Adam::Adam(std::vector<Tensor> parameters, AdamOptions options)
    : Optimizer(std::move(parameters), options.lr),
      weight_decay_(options.weight_decay.value_or(0.0f)),
      beta1_(options.beta1),
      beta2_(options.beta2),
      eps_(options.eps) {
  require_below_1("beta1", beta1_);
  require_below_1("beta2", beta2_);
  require(eps_ > 0.0f && std::isfinite(eps_), "eps", "finite and above 0",
          eps_);
  require_at_least_0("weight_decay", weight_decay_);
}

void Adam::update(float keep, float weight_decay) {
  // TODO(06.3): Adam::update
  not_implemented("06.3", "Adam::update", keep, weight_decay);
}

OptimizerState Adam::state() const {
  // TODO(06.5): Adam::state
  not_implemented("06.5", "Adam::state");
}

void Adam::set_state(const OptimizerState& state) {
  // TODO(06.5): Adam::set_state
  not_implemented("06.5", "Adam::set_state", state);
}

AdamW::AdamW(std::vector<Tensor> parameters, AdamOptions options)
    : Adam(std::move(parameters),
           {options.lr, options.beta1, options.beta2, options.eps,
            options.weight_decay.value_or(0.01f)}) {}

void AdamW::step() {
  // TODO(06.4): AdamW::step
  not_implemented("06.4", "AdamW::step");
}

}  // namespace tinytorch
