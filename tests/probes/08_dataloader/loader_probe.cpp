#include <limits>

#include "support/fake_dataset.hpp"
#include "support/probe.hpp"

using namespace tinytorch;

PROBE("passes and their order", "08.3") {
  Generator generator(probe.seed());
  manual_seed(probe.seed());
  for (int i = 0; i < 16; ++i) {
    const test::Numbers numbers(probe.between(i < 2 ? 0 : 1, 9));
    const std::int64_t size = i % 5 == 4
                                  ? std::numeric_limits<std::int64_t>::max()
                                  : probe.between(1, 5);
    Generator* const own = probe.coin() ? &generator : nullptr;
    DataLoader loader(
        numbers,
        {.batch_size = size, .shuffle = probe.coin(), .generator = own});
    probe.emit("before", loader.order());
    for (int pass = 0; pass < 3; ++pass) {
      loader.restart();
      probe.emit("order", loader.order());
    }
    probe.emit("batches", std::vector{loader.size()});
    probe.emit("next draw", generator.uniform(), test::kExact);
    probe.emit("next draw", default_generator().uniform(), test::kExact);
  }
}

PROBE("batches of a pass", "08.4") {
  for (int i = 0; i < 10; ++i) {
    const test::Numbers numbers(probe.between(i == 0 ? 0 : 1, 9));
    Generator generator(probe.seed());
    const float shift = probe.real(1, 5);
    const auto shifted = [shift](const Tensor& x) {
      std::vector<float> moved = test::values(x);
      for (float& value : moved) value += shift;
      // Of the label, which has no dimension, this makes another shape.
      return test::make({static_cast<std::int64_t>(moved.size())}, moved);
    };
    DataLoader loader(
        numbers, {.batch_size = probe.between(1, 5),
                  .shuffle = probe.coin(),
                  .generator = &generator,
                  .transform = probe.coin() ? Transform(shifted) : nullptr});
    probe.emit_truth("before", loader.next().has_value());
    for (int pass = 0; pass < 2; ++pass) {
      loader.restart();
      for (auto left = probe.between(0, 11); left > 0; --left) {
        const auto batch = loader.next();
        probe.emit_truth("a batch", batch.has_value());
        probe.emit("asked", std::vector{numbers.asked()});
        if (!batch) continue;
        for (const Tensor& t : *batch) probe.emit("tensor", t);
      }
    }
  }
}

PROBE("batches with a sample that cannot be read", "08.4") {
  for (int i = 0; i < 8; ++i) {
    const test::Numbers numbers(9, probe.between(0, 8));
    DataLoader loader(numbers, {.batch_size = probe.between(1, 4)});
    loader.restart();
    for (int k = 0; k < 11; ++k) {
      std::vector<float> labels;
      probe.outcome("next", [&] {
        if (const auto batch = loader.next()) labels = test::labels(*batch);
      });
      probe.emit("labels", labels);
    }
  }
}
