// 07.3 An epoch of training.
#include "support/fake_training.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::batch_of;
using test::batches_of;
using test::make;
using test::mean_difference;
using test::Mentions;
using test::NotingOptimizer;
using test::Slope;

using Steps = std::vector<std::vector<float>>;

namespace {

/// Counts the passes.
class CountedBatches : public BatchList {
 public:
  using BatchList::BatchList;
  void restart() override {
    ++passes;
    BatchList::restart();
  }
  int passes = 0;
};

/// Says that there is one more batch than it hands out.
class ShortBatches : public BatchList {
 public:
  using BatchList::BatchList;
  std::int64_t size() const override { return BatchList::size() + 1; }
};

/// What an epoch of `count` batches of 1000 samples needs at most.
std::int64_t bytes_needed(std::size_t count) {
  Slope model;
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_difference);
  BatchList batches = batches_of(
      std::vector<std::vector<float>>(count, std::vector<float>(1000, 1)));
  reset_memory_stats();
  const std::int64_t before = memory_stats().live_bytes;
  trainer.train_epoch(batches);
  return memory_stats().peak_bytes - before;
}

}  // namespace

TEST_CASE("gradients from before an epoch do not count", "[07.3][hidden]") {
  Slope model;
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_difference);
  for (const Tensor& p : model.parameters()) p.set_grad(make({1}, {100}));
  BatchList batches = batches_of({{2}, {4}});
  trainer.train_epoch(batches);
  CHECK(optimizer.gradients == Steps{{2}, {4}});
}

TEST_CASE("no gradients are left after an epoch", "[07.3][hidden]") {
  Slope model;
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_difference);
  BatchList batches = batches_of({{2}, {4}, {3}});
  trainer.train_epoch(batches, 2);
  for (const Tensor& p : model.parameters()) CHECK_FALSE(p.has_grad());
}

TEST_CASE("a group larger than the epoch is one step", "[07.3][hidden]") {
  Slope model;
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_difference);
  BatchList batches = batches_of({{2}, {4}, {9}});
  trainer.train_epoch(batches, 100);
  REQUIRE(optimizer.gradients.size() == 1);
  CHECK(optimizer.gradients[0].at(0) == Approx(5));
  CHECK(trainer.step() == 1);
}

TEST_CASE("a full last group is divided by its size", "[07.3][hidden]") {
  INFO("five batches in groups of three, then six");
  Slope model;
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_difference);
  BatchList five = batches_of({{3}, {6}, {9}, {4}, {8}});
  trainer.train_epoch(five, 3);
  BatchList six = batches_of({{3}, {6}, {9}, {4}, {8}, {6}});
  trainer.train_epoch(six, 3);
  const float expected[] = {6, 6, 6, 6};
  REQUIRE(optimizer.gradients.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(optimizer.gradients[i].at(0) == Approx(expected[i]));
  }
}

TEST_CASE("the reported loss is that of the batches", "[07.3][hidden]") {
  INFO("dividing for the gradients must not divide what is reported");
  Slope model({1});
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_difference);
  BatchList batches = batches_of({{1, 3}, {8}, {2, 2, 2}});
  for (const int steps : {1, 2, 3, 7}) {
    CAPTURE(steps);
    INFO("(1 + 3 + 8 + 2 + 2 + 2) / 6");
    CHECK(trainer.train_epoch(batches, steps) == Approx(3));
  }
}

TEST_CASE("a group is clipped once", "[07.3][hidden]") {
  Slope model;
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_difference, {.clip_norm = 1.0f});
  BatchList batches = batches_of({{30}, {-10}});
  trainer.train_epoch(batches, 2);
  INFO("the mean of 30 and -10 is 10, and clipped it is 1");
  REQUIRE(optimizer.gradients.size() == 1);
  CHECK(optimizer.gradients[0].at(0) == Approx(1));
}

TEST_CASE("what the optimizer does not change is not clipped with it",
          "[07.3][hidden]") {
  INFO("a parameter that is left alone collects gradients for ever");
  Slope model({1, 1});
  NotingOptimizer optimizer({model.parameters()[0]}, 0.0f);
  Trainer trainer(model, optimizer, mean_difference, {.clip_norm = 1.0f});
  BatchList batches = batches_of({{40}, {40}, {40}});
  trainer.train_epoch(batches);
  REQUIRE(optimizer.gradients.size() == 3);
  for (const auto& seen : optimizer.gradients) {
    CHECK(seen.at(0) == Approx(1));
  }
}

TEST_CASE("without a maximum nothing is clipped", "[07.3][hidden]") {
  Slope model;
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_difference);
  BatchList batches = batches_of({{1e6f}});
  trainer.train_epoch(batches);
  CHECK(optimizer.gradients == Steps{{1e6f}});
}

TEST_CASE("each epoch is one new pass over all batches", "[07.3][hidden]") {
  Slope model;
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_difference);
  CountedBatches batches({batch_of({2}), batch_of({4})});
  INFO("somebody has taken a batch already");
  batches.next();
  trainer.train_epoch(batches);
  CHECK(optimizer.gradients == Steps{{2}, {4}});
  CHECK(batches.passes == 1);
  trainer.train_epoch(batches);
  CHECK(optimizer.gradients == Steps{{2}, {4}, {2}, {4}});
  CHECK(batches.passes == 2);
}

TEST_CASE("an epoch that fails is not counted", "[07.3][hidden]") {
  Slope model;
  NotingOptimizer optimizer(model);
  bool broken = true;
  const auto loss = [&](const Tensor& y, const Tensor& targets) {
    if (broken && *y.data() == 6) throw std::runtime_error("broken");
    return mean_difference(y, targets);
  };
  Trainer trainer(model, optimizer, loss);
  BatchList batches = batches_of({{2}, {4}, {8}, {6}});
  CHECK_THROWS_AS(trainer.train_epoch(batches, 2), std::runtime_error);
  CHECK(trainer.epoch() == 0);
  CHECK(trainer.history().train_loss.empty());
  CHECK(trainer.history().learning_rates.empty());
  INFO("the gradient of 8 must not stay behind");
  broken = false;
  optimizer.gradients.clear();
  trainer.train_epoch(batches, 2);
  CHECK(optimizer.gradients == Steps{{3}, {7}});
  CHECK(trainer.epoch() == 1);
}

TEST_CASE("graphs are let go batch by batch", "[07.3][hidden]") {
  INFO("a sum of losses that are tensors would hold on to all of them");
  CHECK(bytes_needed(60) < bytes_needed(5) + 4000);
}

TEST_CASE("without a schedule the learning rate stays", "[07.3][hidden]") {
  Slope model;
  NotingOptimizer optimizer(model, 0.5f);
  Trainer trainer(model, optimizer, mean_difference);
  BatchList batches = batches_of({{1}});
  trainer.train_epoch(batches);
  optimizer.set_lr(0.25f);
  trainer.train_epoch(batches);
  CHECK(optimizer.lrs == std::vector<float>{0.5f, 0.25f});
  CHECK(trainer.history().learning_rates == std::vector<float>{0.5f, 0.25f});
}

TEST_CASE("the history holds the rates that epochs had", "[07.3][hidden]") {
  Slope model;
  NotingOptimizer optimizer(model, 77);
  Trainer trainer(model, optimizer, mean_difference,
                  {.schedule = CosineSchedule(1.0f, 0.5f, 2)});
  BatchList batches = batches_of({{1}, {1}});
  for (int epoch = 0; epoch < 4; ++epoch) trainer.train_epoch(batches);
  const float expected[] = {1.0f, 0.75f, 0.5f, 0.5f};
  REQUIRE(trainer.history().learning_rates.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(trainer.history().learning_rates[i] == Approx(expected[i]));
    CHECK(optimizer.lrs.at(2 * i) == Approx(expected[i]));
  }
}

TEST_CASE("what is refused changes nothing", "[07.3][hidden]") {
  Slope model;
  NotingOptimizer optimizer(model, 1);
  Trainer trainer(model, optimizer, mean_difference);
  BatchList fine = batches_of({{1}});
  CHECK_THROWS_AS(trainer.train_epoch(fine, -1), ValueError);
  Batch three = batch_of({1});
  three.push_back(make({1}, {1}));
  BatchList triples({three});
  CHECK_THROWS_AS(trainer.train_epoch(triples), ValueError);
  BatchList empty_batch({Batch{}});
  CHECK_THROWS_AS(trainer.train_epoch(empty_batch), ValueError);
  CHECK(trainer.epoch() == 0);
  CHECK(trainer.step() == 0);
  CHECK(model.weight() == 1.0f);
}

TEST_CASE("a batch weighs as much in training as it has samples",
          "[07.3][hidden]") {
  INFO("three samples of one number and one sample of two");
  Slope model;
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_difference);
  const Tensor tall = make({3, 1}, {1, 1, 1}), wide = make({1, 2}, {5, 5});
  const Tensor zeros = make({3, 1}, {0, 0, 0}), pair = make({1, 2}, {0, 0});
  BatchList batches({{tall, zeros}, {wide, pair}});
  CHECK(trainer.train_epoch(batches) == 2.0f);
}

TEST_CASE("an epoch needs as many batches as there are said to be",
          "[07.3][hidden]") {
  Slope model;
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_difference);
  ShortBatches batches({batch_of({1}), batch_of({2})});
  CHECK_THROWS_MATCHES(trainer.train_epoch(batches), ValueError,
                       Mentions({"train_epoch", "3"}));
  CHECK(trainer.epoch() == 0);
  CHECK(trainer.history().train_loss.empty());
}
