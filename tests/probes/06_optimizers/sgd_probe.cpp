#include "support/parameters.hpp"
#include "support/probe.hpp"

using namespace tinytorch;

namespace {

std::vector<Tensor> three_parameters(test::Probe& probe) {
  const Shape shapes[] = {{2, 3}, {2, 3}, {probe.between(1, 4)}};
  std::vector<Tensor> list;
  for (const Shape& shape : shapes) {
    list.push_back(probe.normal(shape).set_requires_grad());
  }
  return list;
}

/// A step with gradients of some parameters.
void take_step(test::Probe& probe, Optimizer& optimizer) {
  for (const Tensor& p : optimizer.parameters()) {
    test::forget_gradient(p);
    if (probe.between(0, 3) == 0) continue;
    p.set_grad(probe.coin() ? probe.scattered(p.shape())
                            : probe.normal(p.shape()));
  }
  optimizer.step();
}

void emit_steps(test::Probe& probe, SGDOptions options) {
  const auto parameters = three_parameters(probe);
  SGD optimizer(parameters, options);
  for (int i = 0; i < 6; ++i) {
    const auto version = parameters[0].storage()->version();
    take_step(probe, optimizer);
    for (const Tensor& p : parameters) probe.emit("parameter", p);
    const auto now = parameters[0].storage()->version();
    if (parameters[0].has_grad()) {
      probe.emit_truth("written", now != version);
    }
    if (i == 3) optimizer.set_lr(probe.real(0.1f, 0.5f));
  }
}

}  // namespace

PROBE("steps without momentum", "06.2") {
  emit_steps(probe, {.lr = probe.real(0.1f, 0.5f)});
  emit_steps(probe, {.lr = probe.real(0.1f, 0.5f),
                     .weight_decay = probe.real(0.2f, 0.5f)});
}

PROBE("steps with momentum", "06.2") {
  emit_steps(probe, {.lr = probe.real(0.1f, 0.5f),
                     .momentum = probe.real(0.3f, 0.9f)});
  emit_steps(probe, {.lr = probe.real(0.1f, 0.5f),
                     .momentum = probe.real(0.3f, 0.9f),
                     .weight_decay = probe.real(0.2f, 0.5f)});
}
