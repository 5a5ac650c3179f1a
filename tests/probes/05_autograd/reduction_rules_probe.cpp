#include "support/gradients.hpp"
#include "support/probe.hpp"

using namespace tinytorch;

namespace {

const char* const kNames[] = {"sum", "mean", "max", "min"};

/// Whole numbers, many of them equal.
Tensor with_ties(test::Probe& probe, const Shape& shape) {
  std::vector<float> numbers(static_cast<std::size_t>(test::count(shape)));
  for (float& x : numbers) x = static_cast<float>(probe.between(-2, 1));
  return probe.coin() ? test::scattered(shape, numbers)
                      : test::make(shape, numbers);
}

Tensor either(test::Probe& probe, const Shape& shape) {
  return probe.coin() ? probe.scattered(shape) : probe.normal(shape);
}

}  // namespace

PROBE("gradients of reductions along an axis", "05.7") {
  for (int i = 0; i < 6; ++i) {
    Shape shape{probe.between(2, 3), probe.between(2, 4), probe.between(1, 3)};
    if (i == 0) shape = {2, 2, 2};
    for (const char* name : kNames) {
      const Tensor x =
          probe.coin() ? either(probe, shape) : with_ties(probe, shape);
      const std::int64_t axis = probe.between(-3, 2);
      const bool keep = probe.coin();
      Shape reduced = shape;
      const auto at = reduced.begin() + (axis < 0 ? axis + 3 : axis);
      keep ? void(*at = 1) : void(reduced.erase(at));
      probe.emit(name, test::gradient_of({name, {x}, {}, {axis, keep}},
                                         either(probe, reduced)));
    }
  }
}

PROBE("gradients of reductions of everything", "05.7") {
  for (int i = 0; i < 4; ++i) {
    const Shape shape{probe.between(1, 3), probe.between(1, 4)};
    for (const char* name : kNames) {
      const Tensor x =
          probe.coin() ? either(probe, shape) : with_ties(probe, shape);
      const Shape reduced = probe.coin() ? Shape{} : Shape{1, 1};
      probe.emit(name, test::gradient_of({name, {x}}, probe.normal(reduced)));
    }
  }
  for (const char* name : kNames) {
    const Tensor scalar = probe.normal({});
    probe.emit("scalar", test::gradient_of({name, {scalar}}, probe.normal({})));
    probe.emit(
        "axis of a scalar",
        test::gradient_of({name, {scalar}, {}, {probe.between(-1, 0), 0}},
                          probe.normal({})));
  }
  const std::int64_t n = probe.between(1, 3);
  for (const char* name : {"sum", "mean"}) {
    const Tensor none = probe.normal({n, 0});
    probe.emit("empty", test::gradient_of({name, {none}, {}, {1, 0}},
                                          probe.normal({n})));
  }
}
