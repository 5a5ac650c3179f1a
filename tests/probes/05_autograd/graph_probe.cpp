#include <optional>

#include "support/gradients.hpp"
#include "support/probe.hpp"

using namespace tinytorch;
using test::Engine;

namespace {

Tensor either(test::Probe& probe, const Shape& shape) {
  return probe.coin() ? probe.scattered(shape) : probe.normal(shape);
}

}  // namespace

PROBE("saved values and changes in place", "05.1") {
  for (int i = 0; i < 24; ++i) {
    Tensor x = either(probe, {2, probe.between(1, 3)});
    if (probe.coin()) x.mutable_data()[0] = probe.real(-3, 3);
    const Tensor other = either(probe, x.shape());
    const SavedTensor saved(x);
    Tensor view = Tensor::view(x.storage(), {1}, {1}, x.offset());
    Tensor copy = other;
    const std::int64_t writes = probe.between(0, 2);
    for (std::int64_t w = 0; w < writes; ++w) {
      (probe.coin() ? x : view).mutable_data()[0] = probe.real(-3, 3);
    }
    copy.mutable_data()[0] = 1;
    for (int again = 0; again < 2; ++again) {
      probe.outcome("get", [&] {
        probe.emit("saved", saved.get("test_twice"), test::kExact);
      });
    }
  }
}

PROBE("saved inputs and outputs of a node", "05.1") {
  for (int i = 0; i < 16; ++i) {
    Tensor x = either(probe, {3}), y = either(probe, {3});
    const auto node =
        test::node_of({i % 2 == 0 ? "test_times" : "test_raised", {x, x}, y});
    const std::int64_t kind = probe.between(0, 2);
    if (kind == 1) x.mutable_data()[0] = probe.real(-3, 3);
    if (kind == 2) y.mutable_data()[0] = probe.real(-3, 3);
    probe.outcome("value", [&] {
      probe.emit("value", i % 2 == 0 ? node->input(1) : node->output());
    });
  }
}

PROBE("whether operations are recorded", "05.2") {
  const Engine engine;
  for (int i = 0; i < 32; ++i) {
    std::optional<NoGradGuard> outer, inner;
    if (probe.coin()) outer.emplace();
    if (probe.coin()) inner.emplace();
    if (probe.between(0, 3) == 0) inner.reset();
    probe.emit_truth("enabled", grad_enabled());
    const Tensor a = probe.normal({2}).set_requires_grad(probe.coin());
    const Tensor b = probe.normal({2}).set_requires_grad(probe.coin());
    const bool three = probe.coin();
    const Tensor y =
        three ? test::plus(a, test::times(b, a)) : test::plus(a, b);
    probe.emit("output", y);
    probe.emit_truth("marked", y.requires_grad());
    probe.outcome("without a rule", [&] { test::unknown(a); });
    inner.reset();
    probe.emit_truth("enabled", grad_enabled());
    outer.reset();
    probe.emit_truth("enabled", grad_enabled());
  }
}

PROBE("what a node knows and where it leads", "05.2") {
  const Engine engine;
  register_rule("test_labelled", find_rule("test_plus"));
  for (int i = 0; i < 12; ++i) {
    std::vector<Tensor> inputs;
    for (int k = 0; k < 3; ++k) {
      inputs.push_back(probe.normal({probe.between(1, 3), 2}));
      if (probe.coin()) inputs.back().set_requires_grad();
    }
    if (probe.coin()) inputs[1] = inputs[0];
    if (probe.coin()) inputs[2] = test::twice(inputs[0]);
    const Tensor y = probe.normal({2});
    record("test_labelled", {&inputs[0], &inputs[1], &inputs[2]}, y,
           {probe.between(-9, 9), probe.between(-9, 9)});
    probe.emit_truth("marked", y.requires_grad());
    if (!y.node()) continue;
    probe.emit_truth("leaf", y.node()->is_leaf());
    probe.emit("attributes", y.node()->attributes());
    for (std::size_t k = 0; k < y.node()->parents.size(); ++k) {
      probe.emit("shape", y.node()->shape(k));
      for (const Tensor& input : inputs) {
        probe.emit_truth("parent", y.node()->parents[k] == input.node());
      }
    }
  }
}
