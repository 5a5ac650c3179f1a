#include <memory>

#include "support/parameters.hpp"
#include "support/probe.hpp"

using namespace tinytorch;

namespace {

constexpr test::Tolerance kWide{1e-3f, 1e-4f};

/// An optimizer of two parameters. kind 0: SGD, 1: with momentum, 2: Adam.
struct Training {
  Training(test::Probe& probe, std::int64_t kind)
      : parameters{test::parameter({2, 3}, probe.numbers(6)),
                   test::parameter({4}, probe.numbers(4))} {
    const float rate = probe.real(0.1f, 0.3f);
    if (kind == 0)
      optimizer = std::make_unique<SGD>(parameters, SGDOptions{rate});
    if (kind == 1) {
      optimizer = std::make_unique<SGD>(parameters, SGDOptions{rate, 0.7f});
    }
    if (kind == 2) {
      optimizer = std::make_unique<Adam>(parameters,
                                         AdamOptions{.lr = rate, .eps = 0.1f});
    }
  }

  void step(test::Probe& probe) {
    for (const Tensor& p : parameters) p.set_grad(probe.normal(p.shape()));
    optimizer->step();
  }

  std::vector<Tensor> parameters;
  std::unique_ptr<Optimizer> optimizer;
};

void emit_state(test::Probe& probe, const OptimizerState& state) {
  probe.emit("steps", std::vector{state.steps});
  for (const auto& [name, buffer] : state.buffers) {
    for (const Tensor& tensor : buffer) probe.emit(name, tensor, kWide);
  }
}

}  // namespace

PROBE("states that are saved and restored", "06.5") {
  for (int i = 0; i < 12; ++i) {
    const std::int64_t kind = i % 3;
    Training first(probe, kind), second(probe, kind);
    // The second three restore a state of no steps over one of several.
    const bool fresh = i >= 3 && i < 6;
    for (auto k = fresh ? 0 : probe.between(1, 3); k > 0; --k)
      first.step(probe);
    for (auto k = probe.between(fresh ? 1 : 0, 2); k > 0; --k) {
      second.step(probe);
    }
    const OptimizerState saved = first.optimizer->state();
    emit_state(probe, saved);
    second.optimizer->set_state(saved);
    emit_state(probe, second.optimizer->state());
    // Later steps change neither the copy nor each other's memory.
    first.step(probe);
    second.step(probe);
    emit_state(probe, saved);
    emit_state(probe, first.optimizer->state());
    emit_state(probe, second.optimizer->state());
    for (const Tensor& p : second.parameters) probe.emit("p", p, kWide);
  }
}

PROBE("states that fit an optimizer or not", "06.5") {
  for (int i = 0; i < 40; ++i) {
    const std::int64_t kind = probe.between(1, 2), fault = probe.between(0, 6);
    Training first(probe, fault == 1 ? 3 - kind : kind), second(probe, kind);
    if (probe.coin()) second.step(probe);
    first.step(probe);
    OptimizerState state = first.optimizer->state();
    for (auto& [name, buffer] : state.buffers) {
      if (fault == 2) buffer.pop_back();
      if (fault == 3) buffer[1] = probe.normal({2, 2});
      if (fault == 4) buffer[0] = probe.normal({3, 2});
    }
    if (fault == 5) {
      state.buffers["extra"] = {probe.normal({2, 3}), probe.normal({4})};
    }
    if (fault == 6) state.buffers.erase(state.buffers.begin());
    probe.outcome("set_state", [&] { second.optimizer->set_state(state); });
    emit_state(probe, second.optimizer->state());
  }
}
