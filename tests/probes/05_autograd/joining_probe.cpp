#include <limits>

#include "support/gradients.hpp"
#include "support/probe.hpp"
#include "tinytorch/operations.hpp"

using namespace tinytorch;

namespace {

Tensor either(test::Probe& probe, const Shape& shape) {
  return probe.coin() ? probe.scattered(shape) : probe.normal(shape);
}

/// Whole numbers from low to high, as indices or marks.
Tensor whole(test::Probe& probe, const Shape& shape, std::int64_t low,
             std::int64_t high) {
  std::vector<float> numbers(static_cast<std::size_t>(test::count(shape)));
  for (float& x : numbers) x = static_cast<float>(probe.between(low, high));
  return probe.coin() ? test::scattered(shape, numbers)
                      : test::make(shape, numbers);
}

}  // namespace

PROBE("joined tensors and their gradients", "05.13") {
  for (int i = 0; i < 10; ++i) {
    const std::int64_t dim = probe.between(0, 2);
    Shape shape{probe.between(1, 3), probe.between(1, 3), probe.between(1, 3)};
    std::vector<Tensor> parts;
    std::int64_t extent = 0;
    for (std::int64_t k = probe.between(1, 3); k > 0; --k) {
      shape[static_cast<std::size_t>(dim)] = probe.between(0, 3);
      extent += shape[static_cast<std::size_t>(dim)];
      parts.push_back(either(probe, shape));
    }
    const std::int64_t same = dim - (probe.coin() ? 3 : 0);
    const Tensor joined = concatenate(parts, same);
    probe.emit("joined", joined, test::kExact);
    probe.emit_truth("a copy", !test::shares_memory(joined, parts[0]));
    shape[static_cast<std::size_t>(dim)] = extent;
    for (const Tensor& part : test::gradients_of(
             {"concatenate", parts, {}, {same}}, either(probe, shape))) {
      probe.emit("gradient", part);
    }
  }
}

PROBE("rows and masks and their gradients", "05.13") {
  for (int i = 0; i < 6; ++i) {
    const std::int64_t n = probe.between(1, 4), m = probe.between(1, 4);
    const Tensor table = either(probe, {n, m});
    const Shape places[] = {{3}, {2, 2}, {}, {0}, {2, 1, 2}};
    Shape shape = places[probe.between(0, 4)];
    const Tensor rows = whole(probe, shape, 0, n - 1);
    probe.emit("rows", embedding(table, rows), test::kExact);
    shape.push_back(m);
    probe.emit("table", test::gradient_of(
                            {"embedding", {table, rows}, {}, {}, {true, false}},
                            either(probe, shape)));
    const Shape masks[] = {{n, m}, {m}, {n, 1}, {}, {1, m}};
    const Tensor mask = whole(probe, masks[probe.between(0, 4)], -1, 2);
    const float value = probe.coin() ? probe.real(-9, 9)
                                     : -std::numeric_limits<float>::infinity();
    probe.emit("filled", masked_fill(table, mask, value), test::kExact);
    probe.emit(
        "gradient",
        test::gradient_of({"masked_fill", {table, mask}, {}, {}, {true, false}},
                          either(probe, {n, m})));
  }
}

PROBE("what can be joined, looked up and masked", "05.13") {
  const Shape shapes[] = {{2, 2}, {2, 2}, {2, 3}, {3, 2}, {2}, {}, {2, 2, 1}};
  for (int i = 0; i < 40; ++i) {
    const Tensor a = probe.normal({2, 2}),
                 b = probe.normal(shapes[probe.between(0, 6)]);
    const bool legal = b.shape() == a.shape();
    // Of two mistakes at once, the contract does not say which one counts.
    const std::int64_t dim = legal ? probe.between(-3, 2) : probe.between(0, 1);
    probe.outcome("concatenate", [&] { concatenate({a, b}, dim); });
    probe.outcome("masked_fill", [&] { masked_fill(a, b, 1); });
    const float row = probe.between(0, 3) == 0
                          ? probe.real(0.1f, 0.9f)
                          : static_cast<float>(probe.between(-1, 2));
    probe.outcome("embedding", [&] { embedding(a, test::make({1}, {row})); });
    probe.outcome("table", [&] { embedding(b, test::make({1}, {0})); });
  }
  probe.outcome("nothing", [] { concatenate({}); });
}
