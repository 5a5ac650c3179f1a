#include "support/probe.hpp"
#include "tinytorch/layers.hpp"

using namespace tinytorch;

PROBE("which elements are dropped", "03.4") {
  Generator generator(probe.seed());
  const std::int64_t n = probe.between(2, 5), m = probe.between(2, 5);
  for (const Shape& shape : {Shape{n, m}, {m}, {2, n, 2}, {}, {0, m}}) {
    Dropout layer(probe.real(0.2f, 0.8f), generator);
    const Tensor x =
        probe.coin() ? probe.scattered(shape) : probe.normal(shape);
    probe.emit("first", layer(x));
    probe.emit("second", layer(x));
    probe.emit("input afterwards", x, test::kExact);
    probe.emit("next draw", generator.uniform(), test::kExact);
  }
  manual_seed(probe.seed());
  Dropout layer(probe.real(0.2f, 0.8f));
  probe.emit("default generator", layer(probe.normal({12})));
}

PROBE("a draw that is p itself, and p of 0 and 1", "03.4") {
  for (int i = 0; i < 12; ++i) {
    Generator generator(probe.seed()), same = generator;
    const std::int64_t kind = probe.between(0, 3);
    const float draw = same.uniform();
    const float p = kind == 0 ? 0.0f : kind == 1 ? 1.0f : draw;
    Dropout layer(p, generator);
    const Tensor x = probe.normal({6});
    const Tensor y = layer(x);
    probe.emit("output", y);
    probe.emit_truth("the input itself", test::shares_memory(x, y));
    // Whether numbers are drawn to drop everything, nobody has promised.
    if (p < 1) probe.emit("next draw", generator.uniform(), test::kExact);
  }
}

PROBE("training and evaluation", "03.4") {
  for (int i = 0; i < 12; ++i) {
    Generator generator(probe.seed());
    Dropout layer(probe.real(0.4f, 0.6f), generator);
    layer.train(probe.coin());
    const std::int64_t how = probe.between(0, 2);
    const Tensor x = probe.normal({9});
    const Tensor y = how == 2 ? layer(x) : layer.forward(x, how == 1);
    probe.emit("output", y);
    probe.emit_truth("the input itself", test::shares_memory(x, y));
    probe.emit("next draw", generator.uniform(), test::kExact);
  }
}
