#include <limits>

#include "support/probe.hpp"
#include "tinytorch/activations.hpp"

using namespace tinytorch;

namespace {

constexpr float kInf = std::numeric_limits<float>::infinity();

using Function = Tensor (*)(const Tensor&, std::int64_t);

void emit_shapes(test::Probe& probe, Function f) {
  const std::int64_t n = probe.between(2, 5), m = probe.between(2, 5);
  const Tensor x = probe.normal({n, m, 3});
  for (const std::int64_t dim : {0, 1, 2}) {
    const std::int64_t same = dim - (probe.coin() ? 3 : 0);
    probe.emit("contiguous", f(x, same));
    probe.emit("scattered", f(probe.scattered({n, 3, m}), same));
  }
  probe.emit("input afterwards", x, test::kExact);
  probe.emit("vector", f(probe.normal({n}), probe.between(-1, 0)));
  probe.emit("scalar", f(probe.normal({}), probe.between(-1, 0)));
  probe.emit("long", f(probe.normal({70 + n}), 0));
  probe.emit("empty", f(probe.normal({0, n}), probe.between(-2, 1)));
}

/// Rows and columns of very different size, and elements of -inf.
void emit_large(test::Probe& probe, Function f) {
  const std::int64_t n = probe.between(3, 5);
  std::vector<float> numbers;
  for (std::int64_t i = 0; i < n * n; ++i) {
    const float size = i % n == 0 ? 900.0f : i % n == 1 ? -900.0f : 0.0f;
    numbers.push_back(size + probe.real(-30, 30));
  }
  probe.emit("columns", f(test::make({n, n}, numbers), 0));
  probe.emit("rows", f(test::scattered({n, n}, numbers), 1));
  const float choices[] = {-kInf, 1.0f, probe.real(-2, 2), -kInf, kInf};
  for (int i = 0; i < 12; ++i) {
    std::vector<float> three(3);
    for (float& x : three) x = choices[probe.between(0, i < 6 ? 3 : 4)];
    probe.emit("infinities", f(test::make({3}, three), 0));
  }
}

/// A large first term and many small ones, which vanish if the sum is a float.
Tensor many_small(test::Probe& probe) {
  std::vector<float> numbers(80000, -probe.real(16.8f, 17.2f));
  numbers[0] = 0;
  return test::make({80000}, numbers);
}

void ask_dimensions(test::Probe& probe, Function f) {
  for (int i = 0; i < 24; ++i) {
    const Tensor x = probe.coin() ? probe.normal({2, 3}) : probe.normal({});
    const std::int64_t dim = probe.between(-4, 3);
    probe.outcome("dimension", [&] { f(x, dim); });
  }
}

}  // namespace

PROBE("softmax along every dimension", "02.5") {
  emit_shapes(probe, softmax);
  ask_dimensions(probe, softmax);
}

PROBE("softmax of large numbers and of many", "02.5") {
  emit_large(probe, softmax);
  probe.emit("first of many", *softmax(many_small(probe)).data());
}

PROBE("log-softmax along every dimension", "02.6") {
  emit_shapes(probe, log_softmax);
  ask_dimensions(probe, log_softmax);
}

PROBE("log-softmax of large numbers and of many", "02.6") {
  emit_large(probe, log_softmax);
  probe.emit("first of many", *log_softmax(many_small(probe)).data());
}
