#include "support/parameters.hpp"
#include "support/probe.hpp"

using namespace tinytorch;

namespace {

constexpr test::Tolerance kWide{1e-3f, 1e-4f};

AdamOptions options(test::Probe& probe, std::optional<float> weight_decay) {
  return {.lr = probe.real(0.05f, 0.3f),
          .beta1 = probe.real(0.5f, 0.95f),
          .beta2 = probe.real(0.6f, 0.99f),
          .eps = probe.real(0.05f, 0.2f),
          .weight_decay = weight_decay};
}

/// Six steps, each with gradients of some parameters.
void emit_steps(test::Probe& probe, Optimizer& optimizer) {
  for (int i = 0; i < 6; ++i) {
    for (const Tensor& p : optimizer.parameters()) {
      test::forget_gradient(p);
      if (probe.between(0, 3) == 0) continue;
      p.set_grad(probe.coin() ? probe.scattered(p.shape())
                              : probe.normal(p.shape()));
    }
    const auto version = optimizer.parameters()[0].storage()->version();
    const bool has_gradient = optimizer.parameters()[0].has_grad();
    optimizer.step();
    for (const Tensor& p : optimizer.parameters()) {
      probe.emit("parameter", p, kWide);
    }
    const auto now = optimizer.parameters()[0].storage()->version();
    if (has_gradient) probe.emit_truth("written", now != version);
    if (i == 3) optimizer.set_lr(probe.real(0.05f, 0.3f));
  }
}

std::vector<Tensor> three_parameters(test::Probe& probe) {
  const Shape shapes[] = {{2, 3}, {2, 3}, {probe.between(1, 4)}};
  std::vector<Tensor> list;
  for (const Shape& shape : shapes) {
    list.push_back(probe.normal(shape).set_requires_grad());
  }
  return list;
}

}  // namespace

PROBE("steps of Adam", "06.3") {
  Adam plain(three_parameters(probe), options(probe, {}));
  emit_steps(probe, plain);
  Adam decaying(three_parameters(probe),
                options(probe, probe.real(0.2f, 0.5f)));
  emit_steps(probe, decaying);
}

PROBE("steps of Adam with its usual options", "06.3") {
  Adam optimizer(three_parameters(probe));
  emit_steps(probe, optimizer);
  // A gradient that was always 0: eps keeps the denominator.
  const Tensor p = test::parameter({2}, probe.numbers(2));
  Adam still({p}, {.lr = probe.real(0.1f, 0.5f)});
  test::step(still, p, {0, probe.real(1, 2)});
  probe.emit("still", p, kWide);
}

PROBE("steps of AdamW", "06.4") {
  AdamW usual(three_parameters(probe), {.lr = probe.real(0.3f, 0.9f)});
  emit_steps(probe, usual);
  for (int i = 0; i < 2; ++i) {
    AdamW optimizer(three_parameters(probe),
                    options(probe, probe.real(0.2f, 0.9f)));
    emit_steps(probe, optimizer);
  }
}
