#include "support/gradients.hpp"
#include "support/probe.hpp"

using namespace tinytorch;

namespace {

Tensor either(test::Probe& probe, const Shape& shape) {
  return probe.coin() ? probe.scattered(shape) : probe.normal(shape);
}

void emit_both(test::Probe& probe, const Shape& a, const Shape& b,
               const Shape& c) {
  const auto gradients = test::gradients_of(
      {"matmul", {either(probe, a), either(probe, b)}}, either(probe, c));
  probe.emit("left", gradients.at(0));
  probe.emit("right", gradients.at(1));
}

}  // namespace

PROBE("gradients of products", "05.6") {
  const std::int64_t n = probe.between(1, 4), k = probe.between(2, 4),
                     m = probe.between(1, 4), s = probe.between(2, 3);
  emit_both(probe, {n, k}, {k, m}, {n, m});
  emit_both(probe, {k, k}, {k, k}, {k, k});
  emit_both(probe, {k}, {k, m}, {m});
  emit_both(probe, {n, k}, {k}, {n});
  emit_both(probe, {k}, {k}, {});
  emit_both(probe, {s, n, k}, {k, m}, {s, n, m});
  emit_both(probe, {n, k}, {s, k, m}, {s, n, m});
  emit_both(probe, {s, n, k}, {s, k, m}, {s, n, m});
  emit_both(probe, {1, n, k}, {s, k, m}, {s, n, m});
  emit_both(probe, {s, n, k}, {1, k, m}, {s, n, m});
  emit_both(probe, {s, 1, n, k}, {3, k, m}, {s, 3, n, m});
  emit_both(probe, {s, n, k}, {k}, {s, n});
  emit_both(probe, {k}, {s, k, m}, {s, m});
}

PROBE("gradients of a product of which one is needed", "05.6") {
  for (int i = 0; i < 32; ++i) {
    Tensor a = either(probe, {2, 3}), b = either(probe, {3, 2});
    const bool left = probe.coin(), change = probe.coin();
    const auto node = test::node_of({"matmul", {a, b}, {}, {}, {left, !left}});
    if (change) (probe.coin() ? a : b).mutable_data()[0] = probe.real(1, 2);
    const Tensor gradient = either(probe, {2, 2});
    probe.outcome("rule", [&] {
      probe.emit("gradient", node->apply(gradient).at(left ? 0 : 1));
    });
  }
}
