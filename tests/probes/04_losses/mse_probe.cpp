#include "support/probe.hpp"
#include "tinytorch/losses.hpp"

using namespace tinytorch;

PROBE("mean squared errors", "04.1") {
  const std::int64_t n = probe.between(2, 6), m = probe.between(2, 6);
  for (const Shape& shape : {Shape{n, m}, {n}, {2, n, m}, {}, {n, 1}, {0, m}}) {
    probe.emit("loss", mse_loss(probe.normal(shape), probe.normal(shape)));
    const Tensor x = probe.scattered(shape), y = probe.normal(shape);
    probe.emit("scattered", mse_loss(x, y));
    probe.emit("scattered", mse_loss(y, x));
    probe.emit("afterwards", y, test::kExact);
  }
}

PROBE("shapes that are equal or not", "04.1") {
  const Shape shapes[] = {{2, 3}, {3}, {1, 3}, {3, 1}, {1}, {}, {1, 1}};
  for (int i = 0; i < 32; ++i) {
    const Shape first = shapes[probe.between(0, 6)];
    const Shape second = probe.coin() ? first : shapes[probe.between(0, 6)];
    const Tensor x = probe.normal(first), y = probe.normal(second);
    probe.outcome("mse_loss", [&] { mse_loss(x, y); });
  }
}
