#include <utility>

#include "support/gradients.hpp"
#include "support/probe.hpp"

using namespace tinytorch;

namespace {

/// A shape that broadcasts to `whole`.
Shape part_of(test::Probe& probe, const Shape& whole) {
  Shape part = whole;
  for (std::int64_t& extent : part) {
    if (probe.between(0, 2) == 0) extent = 1;
  }
  const auto missing = probe.between(0, static_cast<std::int64_t>(part.size()));
  if (probe.coin()) part.erase(part.begin(), part.begin() + missing);
  return part;
}

Tensor either(test::Probe& probe, const Shape& shape) {
  return probe.coin() ? probe.scattered(shape) : probe.normal(shape);
}

/// Away from 0, for a divisor.
Tensor divisor(test::Probe& probe, const Shape& shape) {
  const Tensor positive = probe.uniform(shape, 0.5f, 2);
  return probe.coin() ? test::scattered(shape, test::values(positive))
                      : positive;
}

}  // namespace

PROBE("sums to smaller shapes", "05.4") {
  for (int i = 0; i < 20; ++i) {
    const Shape whole{probe.between(1, 3), probe.between(i < 4 ? 0 : 1, 3),
                      probe.between(1, 3)};
    const Tensor gradient = either(probe, whole);
    probe.emit("sum", sum_to(gradient, part_of(probe, whole)));
    probe.emit("afterwards", gradient, test::kExact);
  }
  probe.emit("scalar", sum_to(probe.normal({}), {}));
}

PROBE("shapes that a gradient can be summed to or not", "05.4") {
  const Shape shapes[] = {{2, 3},    {3},    {2}, {1, 3}, {2, 1},
                          {1, 2, 3}, {4, 3}, {},  {6},    {3, 2}};
  for (int i = 0; i < 32; ++i) {
    const Tensor gradient =
        probe.coin() ? probe.normal({2, 3}) : probe.normal({3});
    const Shape shape = shapes[probe.between(0, 9)];
    probe.outcome("sum_to", [&] { sum_to(gradient, shape); });
  }
}

PROBE("gradients of arithmetic", "05.5") {
  for (int i = 0; i < 4; ++i) {
    const Shape whole{probe.between(1, 3), probe.between(2, 3), 2};
    for (const char* name : {"add", "subtract", "multiply", "divide"}) {
      Shape a = part_of(probe, whole), b = whole;
      if (probe.coin()) std::swap(a, b);
      const auto gradients = test::gradients_of(
          {name, {divisor(probe, a), divisor(probe, b)}}, either(probe, whole));
      probe.emit("left", gradients.at(0));
      probe.emit("right", gradients.at(1));
    }
    probe.emit("negative", test::gradient_of({"negate", {either(probe, whole)}},
                                             either(probe, whole)));
  }
}

PROBE("gradients of which one is needed", "05.5") {
  const char* const names[] = {"add", "subtract", "multiply", "divide"};
  for (int i = 0; i < 64; ++i) {
    Tensor a = divisor(probe, {3}), b = divisor(probe, {3});
    const bool left = probe.coin(), change = probe.coin();
    const auto node = test::node_of(
        {names[probe.between(0, 3)], {a, b}, {}, {}, {left, !left}});
    if (change) (probe.coin() ? a : b).mutable_data()[0] = probe.real(1, 2);
    const Tensor gradient = either(probe, {3});
    probe.outcome("rule", [&] {
      probe.emit("gradient", node->apply(gradient).at(left ? 0 : 1));
    });
  }
}
