#include "support/gradients.hpp"
#include "support/probe.hpp"

using namespace tinytorch;
using test::gradient_of;

PROBE("gradients of cross-entropy", "05.11") {
  for (int i = 0; i < 8; ++i) {
    const std::int64_t n = probe.between(i == 0 ? 0 : 1, 5),
                       c = probe.between(1, 5);
    std::vector<float> classes(static_cast<std::size_t>(n));
    for (float& t : classes) t = static_cast<float>(probe.between(0, c - 1));
    const Tensor targets =
        probe.coin() ? test::make({n}, classes) : test::scattered({n}, classes);
    const float size = i % 2 == 0 ? 3.0f : 500.0f;
    const Tensor even = probe.uniform({n, c}, -size, size);
    const Tensor logits = probe.coin() ? even : probe.scattered({n, c});
    probe.emit(
        "logits",
        gradient_of({"cross_entropy", {logits, targets}, {}, {}, {true, false}},
                    probe.uniform({}, -3, 3)));
    probe.emit("afterwards", logits, test::kExact);
  }
}

PROBE("gradients of binary cross-entropy", "05.11") {
  for (int i = 0; i < 8; ++i) {
    const Shape shape{probe.between(1, 4), probe.between(1, 4)};
    const Tensor p = probe.uniform(shape, 0.05f, 0.95f);
    const Tensor y = probe.uniform(shape, 0, 1);
    const bool scattered = probe.coin();
    const Tensor q = scattered ? test::scattered(shape, test::values(p)) : p;
    const Tensor z = scattered ? y : test::scattered(shape, test::values(y));
    probe.emit(
        "predictions",
        gradient_of({"binary_cross_entropy", {q, z}, {}, {}, {true, false}},
                    probe.uniform({}, -3, 3)));
  }
}

PROBE("gradients of certain predictions", "05.11") {
  const float sure[] = {0.0f, 1.0f, 1e-9f, 1e-20f};
  for (int i = 0; i < 16; ++i) {
    const Tensor p =
        test::make({2}, {sure[probe.between(0, 3)], probe.real(0.1f, 0.9f)});
    const Tensor y = test::make({2}, {sure[probe.between(0, 1)], 1});
    probe.emit(
        "predictions",
        gradient_of({"binary_cross_entropy", {p, y}, {}, {}, {true, false}},
                    probe.uniform({}, 1, 3)));
  }
}
