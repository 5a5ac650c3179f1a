#include <limits>

#include "support/probe.hpp"
#include "tinytorch/losses.hpp"

using namespace tinytorch;

PROBE("binary cross-entropies", "04.3") {
  const std::int64_t n = probe.between(2, 6), m = probe.between(2, 6);
  for (const Shape& shape : {Shape{n, m}, {n}, {2, n, m}, {}, {0, m}}) {
    const Tensor p = probe.uniform(shape, 0.02f, 0.98f);
    const Tensor y = probe.uniform(shape, 0, 1);
    probe.emit("loss", binary_cross_entropy_loss(p, y));
    probe.emit("scattered", binary_cross_entropy_loss(
                                test::scattered(shape, test::values(p)),
                                test::scattered(shape, test::values(y))));
    probe.emit("afterwards", p, test::kExact);
  }
}

PROBE("certain predictions, right and wrong", "04.3") {
  const float sure[] = {0.0f, 1.0f, 0.5f, 1e-30f, 1e-9f};
  for (int i = 0; i < 32; ++i) {
    const Tensor p =
        test::make({2}, {sure[probe.between(0, 4)], probe.real(0.1f, 0.9f)});
    const Tensor y =
        test::make({2}, {sure[probe.between(0, 1)], sure[probe.between(0, 2)]});
    probe.emit("loss", binary_cross_entropy_loss(p, y));
  }
}

PROBE("probabilities and labels that are some or not", "04.3") {
  const float bad[] = {-1e-3f, 1.001f, std::numeric_limits<float>::quiet_NaN(),
                       std::numeric_limits<float>::infinity()};
  for (int i = 0; i < 32; ++i) {
    const std::int64_t n = probe.between(1, 3), kind = probe.between(0, 4);
    std::vector<float> p(6), y(6);
    for (float& x : p) x = probe.real(0, 1);
    for (float& x : y) x = probe.coin() ? 1.0f : 0.0f;
    const auto at = static_cast<std::size_t>(probe.between(0, 5));
    if (kind == 1) p[at] = bad[probe.between(0, 3)];
    if (kind == 2) y[at] = bad[probe.between(0, 3)];
    const Tensor predictions = test::make({2, 3}, p);
    const Tensor targets =
        test::make(kind == 3 && n > 1 ? Shape{6 / n, n} : Shape{2, 3}, y);
    probe.outcome("binary_cross_entropy_loss",
                  [&] { binary_cross_entropy_loss(predictions, targets); });
  }
}
