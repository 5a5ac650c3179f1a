#include <limits>

#include "support/probe.hpp"

using namespace tinytorch;

namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

Tensor random_tensor(test::Probe& probe) {
  const Shape shape{probe.between(1, 3), probe.between(1, 19),
                    probe.between(1, 4)};
  return probe.coin() ? probe.scattered(shape) : probe.normal(shape);
}

/// Whole numbers, many of them equal, and sometimes NaN.
Tensor with_ties(test::Probe& probe) {
  std::vector<float> numbers(24);
  for (float& x : numbers) x = static_cast<float>(probe.between(-4, -1));
  if (probe.coin()) {
    for (int i = 0; i < 3; ++i) {
      numbers[static_cast<std::size_t>(probe.between(0, 23))] = kNaN;
    }
  }
  return probe.coin() ? test::scattered({2, 4, 3}, numbers)
                      : test::make({2, 4, 3}, numbers);
}

}  // namespace

PROBE("sums and means", "01.12") {
  for (int i = 0; i < 6; ++i) {
    const Tensor x = random_tensor(probe);
    const bool keep = probe.coin();
    probe.emit("sum of all", x.sum({}, keep));
    probe.emit("mean of all", x.mean({}, keep));
    for (const std::int64_t axis : {0, 1, 2}) {
      const std::int64_t dim = axis - (probe.coin() ? 3 : 0);
      probe.emit("sum", x.sum(dim, keep));
      probe.emit("mean", x.mean(dim, probe.coin()));
    }
  }
  const Tensor scalar = probe.normal({});
  probe.emit("scalar", scalar.sum(probe.between(-1, 0), probe.coin()));
  probe.emit("scalar", scalar.mean(probe.between(-1, 0)));
}

PROBE("sums of very different numbers and of none", "01.12") {
  std::vector<float> numbers = probe.numbers(60);
  const auto big = static_cast<float>(probe.between(1, 9)) * 0x1p28f;
  for (std::size_t i = 0; i < 3; ++i) {
    numbers[i] = big;
    numbers[57 + i] = -big;
  }
  const Tensor line = test::make({60}, numbers);
  const Tensor columns = test::make({20, 3}, numbers);
  probe.emit("sum", line.sum());
  probe.emit("along", line.sum(0));
  probe.emit("columns", columns.sum(0));
  probe.emit("mean", columns.mean(-2));
  const std::int64_t n = probe.between(1, 4);
  for (const std::int64_t axis : {0, 1}) {
    probe.emit("no elements", probe.normal({0, n}).sum(axis, probe.coin()));
    probe.emit("no mean", probe.normal({0, n}).mean(axis, probe.coin()));
  }
  probe.emit("nothing", probe.normal({n, 0}).sum());
  probe.emit("no mean of all", probe.normal({n, 0}).mean());
}

PROBE("largest and smallest elements", "01.13") {
  for (int i = 0; i < 20; ++i) {
    const Tensor x = i < 4 ? random_tensor(probe) : with_ties(probe);
    const std::optional<std::int64_t> axis =
        i % 4 == 0 ? std::nullopt : std::optional(probe.between(-3, 2));
    const bool keep = probe.coin();
    probe.emit("max", x.max(axis, keep), test::kExact);
    probe.emit("min", x.min(axis, keep), test::kExact);
    probe.emit("argmax", x.argmax(axis, keep), test::kExact);
  }
  const Tensor scalar = probe.normal({});
  probe.emit("scalar", scalar.max(probe.between(-1, 0)), test::kExact);
  probe.emit("scalar", scalar.argmax(probe.between(-1, 0)), test::kExact);
}

PROBE("axes that can be reduced or not", "01.12") {
  for (int i = 0; i < 24; ++i) {
    const Tensor x = probe.coin() ? probe.normal({2, 0}) : probe.normal({});
    const std::int64_t axis = probe.between(-4, 3);
    const bool sum = probe.coin();
    probe.outcome("reduction", [&] { sum ? x.sum(axis) : x.mean(axis); });
  }
}

PROBE("axes with and without elements", "01.13") {
  for (int i = 0; i < 32; ++i) {
    const Tensor x = probe.normal({probe.between(0, 2), probe.between(0, 2)});
    const std::int64_t axis = probe.between(-3, 2), kind = probe.between(0, 2);
    // Of two mistakes at once, the contract does not say which one counts.
    if (x.size() == 0 && (axis < -2 || axis > 1)) continue;
    const bool all = probe.between(0, 3) == 0;
    const std::optional<std::int64_t> of =
        all ? std::nullopt : std::optional(axis);
    probe.outcome("extreme", [&] {
      if (kind == 0) x.max(of);
      if (kind == 1) x.min(of);
      if (kind == 2) x.argmax(of);
    });
  }
}
