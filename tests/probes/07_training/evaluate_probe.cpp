#include "support/fake_training.hpp"
#include "support/probe.hpp"

using namespace tinytorch;

namespace {

/// Shows its input as it is.
class Mirror : public test::Slope {
 public:
  Tensor forward(const Tensor& x) override { return x; }
};

Tensor scattered_or_not(test::Probe& probe, const Tensor& x) {
  return probe.coin() ? test::scattered(x.shape(), test::values(x)) : x;
}

/// Outputs of which half or so are right.
Batch classified(test::Probe& probe, std::int64_t c, bool one_hot) {
  const std::int64_t n = probe.between(1, 5);
  const Tensor outputs = probe.normal({n, c});
  const std::vector<float> scores = test::values(outputs);
  std::vector<float> classes, rows(scores.size());
  for (std::int64_t i = 0; i < n; ++i) {
    std::int64_t best = 0;
    for (std::int64_t j = 0; j < c; ++j) {
      const auto at = [&](std::int64_t column) {
        return scores[static_cast<std::size_t>(i * c + column)];
      };
      if (at(j) > at(best)) best = j;
    }
    const std::int64_t target = probe.coin() ? best : probe.between(0, c - 1);
    classes.push_back(static_cast<float>(target));
    rows[static_cast<std::size_t>(i * c + target)] = 1;
  }
  const Tensor targets =
      one_hot ? test::make({n, c}, rows) : test::make({n}, classes);
  return {scattered_or_not(probe, outputs), scattered_or_not(probe, targets)};
}

}  // namespace

PROBE("shares of right answers", "07.4") {
  for (int i = 0; i < 16; ++i) {
    Mirror model;
    test::NotingOptimizer optimizer(model);
    Trainer trainer(model, optimizer, test::mean_difference);
    std::vector<Batch> list;
    const std::int64_t c = i < 10 ? probe.between(2, 4) : probe.between(1, 2);
    const bool one_hot = probe.coin();
    for (std::int64_t n = probe.between(1, 4); n > 0; --n) {
      list.push_back(classified(probe, c, one_hot));
    }
    BatchList batches(list);
    const Evaluation result = trainer.evaluate(batches);
    probe.emit("loss", result.loss);
    probe.emit("accuracy", result.accuracy);
  }
}
