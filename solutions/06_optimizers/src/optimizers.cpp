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

// <solution>
/// The buffers before the first step.
std::vector<Tensor> zeros_like(const std::vector<Tensor>& parameters) {
  std::vector<Tensor> zeros;
  zeros.reserve(parameters.size());
  for (const Tensor& p : parameters) zeros.push_back(Tensor::zeros(p.shape()));
  return zeros;
}

/// What makes up for a moment's start at 0: after t steps it has seen the
/// share 1 - beta^t of what it averages. In double, because beta^t is near 1.
float bias_correction(float beta, std::int64_t t) {
  const double missing = std::pow(static_cast<double>(beta), t);
  return static_cast<float>(1.0 / (1.0 - missing));
}

std::vector<Tensor> copies(const std::vector<Tensor>& tensors) {
  std::vector<Tensor> result;
  result.reserve(tensors.size());
  for (const Tensor& tensor : tensors) result.push_back(tensor.clone());
  return result;
}

/// Refuses a buffer that does not have one tensor of its shape for each
/// parameter.
void require_like(const std::vector<Tensor>& parameters,
                  const std::string& name, const std::vector<Tensor>& buffer) {
  if (buffer.size() != parameters.size()) {
    throw ValueError(
        "set_state: " + name + " has " + std::to_string(buffer.size()) +
        " tensors, but there are " + std::to_string(parameters.size()) +
        " parameters: load the state of the same network");
  }
  for (std::size_t i = 0; i < buffer.size(); ++i) {
    if (buffer[i].shape() == parameters[i].shape()) continue;
    throw ValueError("set_state: " + name + "[" + std::to_string(i) +
                     "] has the shape " + to_string(buffer[i].shape()) +
                     ", but the parameter " + to_string(parameters[i].shape()) +
                     ": load the state of the same network");
  }
}

/// Refuses a state that an optimizer of these parameters with the buffers
/// `names` could not have saved.
void require_own(const OptimizerState& state, std::set<std::string> names,
                 const std::vector<Tensor>& parameters) {
  if (state.steps < 0) {
    throw ValueError("set_state: steps is " + std::to_string(state.steps) +
                     ": it must be at least 0");
  }
  if (state.steps == 0) names.clear();
  std::set<std::string> found;
  for (const auto& [name, buffer] : state.buffers) found.insert(name);
  if (found != names) {
    const auto list = [](const std::set<std::string>& all) {
      std::string text;
      for (const std::string& name : all) text += " " + name;
      return all.empty() ? " none" : text;
    };
    throw ValueError("set_state: at step " + std::to_string(state.steps) +
                     " this optimizer has the buffers" + list(names) +
                     ", but the state has" + list(found) +
                     ": load the state of the same kind of optimizer");
  }
  for (const auto& [name, buffer] : state.buffers) {
    require_like(parameters, name, buffer);
  }
}

/// A copy of one buffer; empty before the first step.
std::vector<Tensor> buffer_of(const OptimizerState& state,
                              const std::string& name) {
  const auto found = state.buffers.find(name);
  if (found == state.buffers.end()) return {};
  return copies(found->second);
}
// </solution>

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
  // <solution task="06.1" name="zero_grad">
  for (const Tensor& parameter : parameters_) parameter.zero_grad();
  // </solution>
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
  // <solution task="06.2" name="SGD::step">
  if (has_momentum() && velocity_.empty()) velocity_ = zeros_like(parameters());
  ++steps_;
  // Local, so that the compiler need not fear that writing to p changes them.
  const float rate = lr(), momentum = momentum_, decay = weight_decay_;
  for (std::size_t k = 0; k < parameters().size(); ++k) {
    Tensor parameter = parameters()[k];
    if (!parameter.has_grad()) continue;
    const Tensor gradient = parameter.grad().contiguous();
    const std::int64_t n = parameter.size();
    const float* g = gradient.data();
    float* p = parameter.mutable_data();
    if (!has_momentum()) {
      for (std::int64_t i = 0; i < n; ++i) {
        p[i] -= rate * (g[i] + decay * p[i]);
      }
      continue;
    }
    float* v = velocity_[k].mutable_data();
    for (std::int64_t i = 0; i < n; ++i) {
      v[i] = momentum * v[i] + (g[i] + decay * p[i]);
      p[i] -= rate * v[i];
    }
  }
  // </solution>
}

OptimizerState SGD::state() const {
  // <solution task="06.5" name="SGD::state">
  OptimizerState saved{steps_, {}};
  if (!velocity_.empty()) saved.buffers["velocity"] = copies(velocity_);
  return saved;
  // </solution>
}

void SGD::set_state(const OptimizerState& state) {
  // <solution task="06.5" name="SGD::set_state" args="state">
  std::set<std::string> names;
  if (has_momentum()) names = {"velocity"};
  require_own(state, names, parameters());
  velocity_ = buffer_of(state, "velocity");
  steps_ = state.steps;
  // </solution>
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
  // <solution task="06.3" name="Adam::update" args="keep, weight_decay">
  if (first_moment_.empty()) {
    second_moment_ = zeros_like(parameters());
    first_moment_ = zeros_like(parameters());
  }
  ++steps_;
  const float rate = lr() * bias_correction(beta1_, steps_);
  const float correction = bias_correction(beta2_, steps_);
  // Local, so that the compiler need not fear that writing to p changes them.
  const float beta1 = beta1_, beta2 = beta2_, eps = eps_;
  for (std::size_t k = 0; k < parameters().size(); ++k) {
    Tensor parameter = parameters()[k];
    if (!parameter.has_grad()) continue;
    const Tensor gradient = parameter.grad().contiguous();
    const std::int64_t n = parameter.size();
    const float* gradients = gradient.data();
    float* p = parameter.mutable_data();
    float* m = first_moment_[k].mutable_data();
    float* v = second_moment_[k].mutable_data();
    for (std::int64_t i = 0; i < n; ++i) {
      const float kept = keep * p[i];
      const float g = gradients[i] + weight_decay * kept;
      m[i] = beta1 * m[i] + (1.0f - beta1) * g;
      v[i] = beta2 * v[i] + (1.0f - beta2) * g * g;
      p[i] = kept - rate * m[i] / (std::sqrt(correction * v[i]) + eps);
    }
  }
  // </solution>
}

OptimizerState Adam::state() const {
  // <solution task="06.5" name="Adam::state">
  OptimizerState saved{steps_, {}};
  if (first_moment_.empty()) return saved;
  saved.buffers["first_moment"] = copies(first_moment_);
  saved.buffers["second_moment"] = copies(second_moment_);
  return saved;
  // </solution>
}

void Adam::set_state(const OptimizerState& state) {
  // <solution task="06.5" name="Adam::set_state" args="state">
  require_own(state, {"first_moment", "second_moment"}, parameters());
  std::vector<Tensor> second = buffer_of(state, "second_moment");
  first_moment_ = buffer_of(state, "first_moment");
  second_moment_ = std::move(second);
  steps_ = state.steps;
  // </solution>
}

AdamW::AdamW(std::vector<Tensor> parameters, AdamOptions options)
    : Adam(std::move(parameters),
           {options.lr, options.beta1, options.beta2, options.eps,
            options.weight_decay.value_or(0.01f)}) {}

void AdamW::step() {
  // <solution task="06.4" name="AdamW::step">
  update(1.0f - lr() * weight_decay_, 0.0f);
  // </solution>
}

}  // namespace tinytorch
