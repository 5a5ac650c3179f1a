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

PROBE("inner dimensions that agree or not", "01.11") {
  for (int i = 0; i < 12; ++i) {
    const std::int64_t k = probe.coin() ? 4 : 5;
    const Tensor a = probe.normal({3, 4}), b = probe.normal({k, 2});
    probe.outcome("3 4 times k 2", [&] { a.matmul(b); });
  }
}
