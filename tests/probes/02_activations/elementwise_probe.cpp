#include <limits>

#include "support/probe.hpp"
#include "tinytorch/activations.hpp"

using namespace tinytorch;

namespace {

constexpr float kInf = std::numeric_limits<float>::infinity();
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

using Function = Tensor (*)(const Tensor&);

/// `f` of shapes and memory of all kinds, with numbers up to about `size`.
void emit_shapes(test::Probe& probe, Function f, float size) {
  const std::int64_t n = probe.between(2, 6), m = probe.between(2, 6);
  const Tensor x = probe.uniform({n, m}, -size, size);
  probe.emit("contiguous", f(x));
  probe.emit("input afterwards", x, test::kExact);
  probe.emit("scattered", f(probe.scattered({n, 2, m})));
  probe.emit("scalar", f(probe.normal({})));
  probe.emit("empty", f(probe.normal({n, 0})));
}

/// `f` of infinities, NaN and ordinary numbers in random order.
void emit_ends(test::Probe& probe, Function f) {
  const float choices[] = {kInf, -kInf, kNaN, probe.real(-4, 4), 1000, -1000};
  std::vector<float> ends(24);
  for (float& x : ends) x = choices[probe.between(0, 5)];
  probe.emit("ends", f(test::make({24}, ends)));
}

}  // namespace

PROBE("relu", "02.1") {
  emit_shapes(probe, relu, 12);
  emit_ends(probe, relu);
}

PROBE("sigmoid", "02.2") {
  emit_shapes(probe, sigmoid, 10);
  emit_ends(probe, sigmoid);
}

PROBE("sigmoid where it is small", "02.2") {
  // Compared relative to the number itself.
  probe.emit("tail", sigmoid(probe.uniform({20}, -80, -20)), {1e-3f, 0});
}

PROBE("tanh", "02.3") {
  emit_shapes(probe, tinytorch::tanh, 4);
  emit_ends(probe, tinytorch::tanh);
}

PROBE("tanh where it is small", "02.3") {
  probe.emit("middle", tinytorch::tanh(probe.uniform({20}, 1e-5f, 2e-5f)),
             {1e-3f, 0});
}

PROBE("gelu", "02.4") {
  emit_shapes(probe, gelu, 3);
  emit_ends(probe, gelu);
}
