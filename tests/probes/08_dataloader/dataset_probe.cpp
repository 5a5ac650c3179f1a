#include <algorithm>

#include "support/probe.hpp"
#include "tinytorch/data.hpp"

using namespace tinytorch;

namespace {

Tensor either(test::Probe& probe, const Shape& shape) {
  return probe.coin() ? probe.scattered(shape) : probe.normal(shape);
}

}  // namespace

PROBE("samples of tensors", "08.1") {
  for (int i = 0; i < 6; ++i) {
    const std::int64_t n = probe.between(1, 5);
    std::vector<Tensor> tensors{either(probe, {n, 2, probe.between(1, 3)}),
                                either(probe, {n})};
    if (probe.coin()) tensors.push_back(either(probe, {n, 3}));
    const TensorDataset data(tensors);
    probe.emit("size", std::vector{data.size()});
    for (int k = 0; k < 3; ++k) {
      const Sample sample = data.get(probe.between(0, n - 1));
      for (std::size_t t = 0; t < sample.size(); ++t) {
        probe.emit("tensor", sample[t], test::kExact);
        probe.emit_truth("a view", test::shares_memory(sample[t], tensors[t]));
      }
    }
  }
}

PROBE("tensors and indices that fit or not", "08.1") {
  for (int i = 0; i < 48; ++i) {
    const std::int64_t n = probe.between(2, 3);
    std::vector<Tensor> tensors;
    for (std::int64_t k = probe.between(0, 3); k > 0; --k) {
      tensors.push_back(probe.normal({n, probe.between(1, 2)}));
    }
    const std::int64_t kind = probe.between(0, 5);
    if (kind == 1) tensors.push_back(probe.normal({2 * n}));
    if (kind == 2) tensors.push_back(probe.normal({n + 1, 2}));
    if (kind == 3) tensors.push_back(probe.normal({}));
    const std::int64_t index = probe.between(-2, n + 1);
    probe.outcome("get", [&] { TensorDataset(tensors).get(index); });
  }
}

PROBE("stacked samples", "08.2") {
  for (int i = 0; i < 8; ++i) {
    const Shape shape{probe.between(1, 3), probe.between(1, 3)};
    std::vector<Sample> samples;
    for (std::int64_t n = i < 2 ? 1 : probe.between(1, 4); n > 0; --n) {
      samples.push_back({either(probe, shape), either(probe, {})});
      if (i % 2 == 0) samples.back().push_back(either(probe, {3}));
    }
    if (i % 2 == 0) {
      for (Sample& sample : samples) std::reverse(sample.begin(), sample.end());
    }
    const Batch batch = collate(samples);
    for (std::size_t t = 0; t < batch.size(); ++t) {
      probe.emit("tensor", batch[t], test::kExact);
      probe.emit_truth("a view", test::shares_memory(batch[t], samples[0][t]));
    }
  }
}

PROBE("samples that fit together or not", "08.2") {
  const Shape shapes[] = {{2, 3}, {2, 3}, {3, 2}, {6}, {2, 4}};
  for (int i = 0; i < 32; ++i) {
    std::vector<Sample> samples;
    for (std::int64_t n = probe.between(0, 4); n > 0; --n) {
      samples.push_back({probe.normal({2, 3}), probe.normal({})});
    }
    if (samples.size() > 1 && probe.coin()) {
      // The odd one is the second or the last.
      Sample& odd = probe.coin() ? samples[1] : samples.back();
      odd[0] = probe.normal(shapes[probe.between(0, 4)]);
      if (probe.between(0, 3) == 0) odd.pop_back();
    }
    probe.outcome("collate", [&] { collate(samples); });
  }
}
