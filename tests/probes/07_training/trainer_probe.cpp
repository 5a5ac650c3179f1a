#include "support/fake_training.hpp"
#include "support/probe.hpp"

using namespace tinytorch;
using test::NotingOptimizer;
using test::Slope;

namespace {

std::vector<float> as_numbers(const std::vector<bool>& truths) {
  return {truths.begin(), truths.end()};
}

void emit_training(test::Probe& probe, const Trainer& trainer,
                   const NotingOptimizer& optimizer, const Slope& model) {
  for (const auto& seen : optimizer.gradients) probe.emit("gradients", seen);
  probe.emit("rates", optimizer.lrs);
  probe.emit("modes", as_numbers(model.modes), test::kExact);
  probe.emit_truth("mode", model.training());
  for (const Tensor& p : model.parameters()) {
    probe.emit("weight", p);
    probe.emit_truth("has a gradient", p.has_grad());
  }
  probe.emit("counts", std::vector{trainer.epoch(), trainer.step()});
  probe.emit("losses", trainer.history().train_loss);
  probe.emit("rates", trainer.history().learning_rates);
  probe.emit("evaluations", trainer.history().eval_loss);
}

/// Inputs of one dimension or two, and targets that are not 0.
BatchList random_batches(test::Probe& probe) {
  std::vector<Batch> list;
  for (std::int64_t n = probe.between(2, 6); n > 0; --n) {
    Shape shape{probe.between(1, 4)};
    if (probe.coin()) shape.push_back(probe.between(1, 4));
    list.push_back({probe.normal(shape), probe.normal(shape)});
  }
  return BatchList(std::move(list));
}

/// Neither the third tensor nor the missing one makes a pair.
BatchList odd_batches(test::Probe& probe, std::int64_t kind) {
  Batch batch = test::batch_of(probe.numbers(2));
  if (kind == 1) batch.push_back(probe.normal({2}));
  if (kind == 2) batch.pop_back();
  if (kind == 3) return BatchList({});
  return BatchList({batch});
}

}  // namespace

PROBE("epochs of training", "07.3") {
  for (int i = 0; i < 10; ++i) {
    Slope model(probe.numbers(2));
    // Sometimes the optimizer changes one of the two parameters.
    const auto all = model.parameters();
    NotingOptimizer optimizer(probe.coin() ? all : std::vector<Tensor>{all[0]},
                              probe.real(0.1f, 1));
    TrainerOptions options;
    if (i % 3 != 0) options.clip_norm = probe.real(0.05f, 0.3f);
    if (probe.coin()) {
      options.schedule = CosineSchedule(probe.real(0.5f, 1), 0.1f, 4);
    }
    Trainer trainer(model, optimizer, test::mean_difference, options);
    for (const Tensor& p : all) p.set_grad(probe.normal({1}));
    BatchList batches = random_batches(probe);
    const std::int64_t group = probe.between(1, 4);
    for (int epoch = 0; epoch < 3; ++epoch) {
      batches.next();
      if (probe.coin()) model.eval();
      probe.emit("loss", trainer.train_epoch(batches, group));
    }
    emit_training(probe, trainer, optimizer, model);
  }
}

PROBE("epochs that fail", "07.3") {
  for (int i = 0; i < 24; ++i) {
    Slope model(probe.numbers(1));
    NotingOptimizer optimizer(model, 0.5f);
    const std::int64_t kind = probe.between(0, 4);
    const auto loss = [&](const Tensor& y, const Tensor& targets) {
      if (kind == 4) throw IndexError("broken");
      return test::mean_difference(y, targets);
    };
    Trainer trainer(model, optimizer, loss);
    BatchList batches = odd_batches(probe, kind);
    // Of two mistakes at once, the contract does not say which one counts.
    const std::int64_t group =
        kind == 4 || probe.coin() ? 1 : probe.between(-1, 0);
    probe.outcome("epoch", [&] { trainer.train_epoch(batches, group); });
    probe.emit("counts", std::vector{trainer.epoch(), trainer.step()});
    probe.emit("losses", trainer.history().train_loss);
  }
}

PROBE("evaluations", "07.4") {
  for (int i = 0; i < 8; ++i) {
    Slope model(probe.numbers(2));
    NotingOptimizer optimizer(model, 0.5f);
    Trainer trainer(model, optimizer, test::mean_difference);
    model.train(probe.coin());
    for (const Tensor& p : model.parameters()) p.set_grad(probe.normal({1}));
    BatchList batches = random_batches(probe);
    batches.next();
    const Evaluation first = trainer.evaluate(batches);
    probe.emit("loss", first.loss);
    probe.emit("accuracy", first.accuracy);
    trainer.evaluate(batches);
    probe.emit("recorded", as_numbers(model.recorded), test::kExact);
    emit_training(probe, trainer, optimizer, model);
    BatchList odd = odd_batches(probe, probe.between(0, 3));
    probe.outcome("evaluate", [&] { trainer.evaluate(odd); });
    probe.emit_truth("recording", grad_enabled());
    probe.emit_truth("mode", model.training());
  }
}
