#include <limits>

#include "support/probe.hpp"

using namespace tinytorch;

PROBE("zeros, ones, full and identities", "01.4") {
  for (int i = 0; i < 6; ++i) {
    const std::int64_t n = probe.between(i == 0 ? 0 : 1, 4),
                       m = probe.between(1, 5);
    const Shape shape = i == 1 ? Shape{} : Shape{n, m};
    probe.emit("zeros", Tensor::zeros(shape), test::kExact);
    probe.emit("ones", Tensor::ones(shape), test::kExact);
    probe.emit("full", Tensor::full(shape, probe.real(-9, 9)), test::kExact);
    probe.emit("eye", Tensor::eye(n), test::kExact);
    probe.emit("wide eye", Tensor::eye(n, n + m), test::kExact);
    probe.emit("tall eye", Tensor::eye(n + m, m), test::kExact);
    probe.emit("strides", Tensor::full(shape, 1).strides());
  }
}

PROBE("ranges", "01.4") {
  for (int i = 0; i < 10; ++i) {
    const auto step =
        static_cast<float>((probe.coin() ? 1 : -1) * probe.between(1, 3));
    const auto start = static_cast<float>(probe.between(-5, 5));
    const auto count = static_cast<float>(probe.between(-1, 6));
    // Ends on a step, and between two.
    const float stop = start + step * (count - (probe.coin() ? 0.5f : 0.0f));
    probe.emit("integers", Tensor::arange(start, stop, step), test::kExact);
  }
  probe.emit("default step", Tensor::arange(0, probe.real(3.2f, 3.8f)));
  const float start = probe.real(0, 1), step = probe.real(0.05f, 0.15f);
  // Steps that are added up drift by more than this.
  probe.emit("many steps", Tensor::arange(start, start + 499.5f * step, step),
             {3e-7f, 1e-7f});
}

PROBE("random numbers from a generator", "01.4") {
  Generator generator(probe.seed());
  const std::int64_t n = probe.between(1, 4), m = probe.between(1, 4);
  const float low = probe.real(-5, 0), high = probe.real(0, 5);
  for (const Shape& shape : {Shape{n, m}, Shape{n, 0}, Shape{}}) {
    probe.emit("normal", Tensor::randn(shape, generator));
    probe.emit("uniform", Tensor::uniform(shape, low, high, generator));
    probe.emit("next draw", generator.uniform(), test::kExact);
  }
  probe.emit("one value", Tensor::uniform({3}, low, low, generator));
  manual_seed(probe.seed());
  probe.emit("default", Tensor::randn({3}));
  probe.emit("default", Tensor::uniform({3}));
  // Two floats next to each other: rounding must not reach the second one.
  const auto big = static_cast<float>(16777216 + 2 * probe.between(0, 9999));
  probe.emit("below high", Tensor::uniform({20}, big, big + 2, generator),
             test::kExact);
}

PROBE("ranges and bounds that make sense or not", "01.4") {
  constexpr float kInf = std::numeric_limits<float>::infinity();
  const float odd[] = {kInf, -kInf, std::numeric_limits<float>::quiet_NaN()};
  for (int i = 0; i < 40; ++i) {
    std::vector<float> a{probe.real(-3, 0), probe.real(0, 3), probe.real(1, 2)};
    const std::int64_t kind = probe.between(0, 3);
    if (kind == 1) std::swap(a[0], a[1]);
    if (kind == 2) {
      a[static_cast<std::size_t>(probe.between(0, 2))] =
          odd[probe.between(0, 2)];
    }
    if (kind == 3) a[2] = 0;
    probe.outcome("uniform", [&] { Tensor::uniform({2}, a[0], a[1]); });
    probe.outcome("arange", [&] { Tensor::arange(a[0], a[1], a[2]); });
  }
}
