#include <limits>

#include "support/probe.hpp"

using namespace tinytorch;

PROBE("products of rectangles, vectors and batches", "01.11") {
  const std::int64_t n = probe.between(2, 6), k = probe.between(2, 6),
                     m = probe.between(2, 6);
  probe.emit("matrices", probe.normal({n, k}).matmul(probe.normal({k, m})));
  probe.emit("not contiguous",
             probe.scattered({n, k}).matmul(probe.scattered({k, m})));
  probe.emit("row", probe.normal({k}).matmul(probe.normal({k, m})));
  probe.emit("column", probe.normal({n, k}).matmul(probe.normal({k})));
  probe.emit("batches",
             probe.normal({3, 1, n, k}).matmul(probe.normal({2, k, m})));
}

PROBE("stacks of matrices", "01.11") {
  const std::int64_t n = probe.between(2, 5), k = probe.between(2, 9),
                     m = probe.between(2, 5), s = probe.between(2, 3);
  const auto either = [&](const Shape& shape) {
    return probe.coin() ? probe.scattered(shape) : probe.normal(shape);
  };
  probe.emit("both", either({s, n, k}).matmul(either({s, k, m})));
  probe.emit("scattered",
             probe.scattered({s, n, k}).matmul(probe.scattered({s, k, m})));
  probe.emit("left", either({s, n, k}).matmul(either({k, m})));
  probe.emit("right", either({n, k}).matmul(either({s, k, m})));
  probe.emit("stretched", either({1, n, k}).matmul(either({s, k, m})));
  probe.emit("crossed", either({s, 1, n, k}).matmul(either({s + 1, k, m})));
  probe.emit("crossed", either({s + 1, n, k}).matmul(either({s, 1, k, m})));
  probe.emit("row", either({k}).matmul(either({s, k, m})));
  probe.emit("column", either({s, n, k}).matmul(either({k})));
  probe.emit("vectors", either({k}).matmul(either({k})));
  probe.emit("nothing", either({n, 0}).matmul(either({0, m})));
  probe.emit("empty", either({0, k}).matmul(either({k, m})));
}

PROBE("zero times infinity", "01.11") {
  std::vector<float> a(6), b(6);
  const float choices[] = {0.0f, 1.0f, 2.0f,
                           std::numeric_limits<float>::infinity()};
  for (float& value : a) value = choices[probe.between(0, 2)];
  for (float& value : b) value = choices[probe.between(0, 3)];
  a[static_cast<std::size_t>(probe.between(0, 5))] = 0;
  b[static_cast<std::size_t>(probe.between(0, 5))] = choices[3];
  probe.emit("product", test::make({2, 3}, a).matmul(test::make({3, 2}, b)));
}

PROBE("operands that can be multiplied or not", "01.11") {
  for (int i = 0; i < 32; ++i) {
    const std::int64_t k = probe.between(1, 2), s = probe.between(2, 3);
    const Shape lefts[] = {{}, {2}, {3, 2}, {2, 3, 2}, {2, 3, 2}};
    const Shape rights[] = {{}, {k}, {k, 2}, {s, k, 2}, {s, k, 2}};
    const Tensor a = probe.normal(lefts[probe.between(0, 4)]),
                 b = probe.normal(rights[probe.between(0, 4)]);
    probe.outcome("a b", [&] { a.matmul(b); });
  }
}
