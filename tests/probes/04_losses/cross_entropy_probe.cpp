#include "support/probe.hpp"
#include "tinytorch/losses.hpp"

using namespace tinytorch;

namespace {

std::vector<float> classes(test::Probe& probe, std::int64_t n, std::int64_t c) {
  std::vector<float> targets(static_cast<std::size_t>(n));
  for (float& t : targets) t = static_cast<float>(probe.between(0, c - 1));
  return targets;
}

}  // namespace

PROBE("cross-entropies", "04.2") {
  for (int i = 0; i < 8; ++i) {
    const std::int64_t n = probe.between(1, 6), c = probe.between(1, 6);
    const auto targets = classes(probe, n, c);
    const float size = i % 2 == 0 ? 3.0f : 900.0f;
    const Tensor logits = probe.uniform({n, c}, -size, size);
    probe.emit("loss", cross_entropy_loss(logits, test::make({n}, targets)));
    probe.emit("afterwards", logits, test::kExact);
    probe.emit("scattered", cross_entropy_loss(probe.scattered({n, c}),
                                               test::scattered({n}, targets)));
  }
  probe.emit("no samples",
             cross_entropy_loss(probe.normal({0, probe.between(1, 4)}),
                                probe.normal({0})));
}

PROBE("targets that are classes or not", "04.2") {
  for (int i = 0; i < 32; ++i) {
    const std::int64_t n = probe.between(2, 5), c = probe.between(2, 5);
    std::vector<float> targets = classes(probe, n, c);
    float& one = targets[static_cast<std::size_t>(probe.between(0, n - 1))];
    const std::int64_t kind = probe.between(0, 3);
    if (kind == 1) one = static_cast<float>(probe.between(c, c + 2));
    if (kind == 2) one = static_cast<float>(probe.between(-2, -1));
    if (kind == 3) one = probe.real(0.1f, 0.9f);
    const Tensor logits = probe.normal({n, c}), t = test::make({n}, targets);
    probe.outcome("cross_entropy_loss", [&] { cross_entropy_loss(logits, t); });
  }
}

PROBE("shapes of logits and targets that fit or not", "04.2") {
  const Shape logits[] = {{2, 3}, {3, 3}, {3}, {2, 3, 1}, {2, 3}, {}};
  const Shape targets[] = {{2}, {3}, {2, 1}, {2, 3}, {2}, {}};
  for (int i = 0; i < 32; ++i) {
    const Tensor x = probe.normal(logits[probe.between(0, 5)]);
    const Shape shape = targets[probe.between(0, 5)];
    const auto n = static_cast<std::size_t>(test::count(shape));
    const Tensor t = test::make(shape, std::vector<float>(n));
    probe.outcome("cross_entropy_loss", [&] { cross_entropy_loss(x, t); });
  }
}
