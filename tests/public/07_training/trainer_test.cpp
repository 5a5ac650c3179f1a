// 07.3 An epoch of training, 07.4 Evaluation.
#include "support/fake_training.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::batch_of;
using test::batches_of;
using test::IsTensor;
using test::make;
using test::mean_difference;
using test::Mentions;
using test::NotingOptimizer;
using test::Slope;

using Steps = std::vector<std::vector<float>>;

TEST_CASE("every batch is a step with its own gradient", "[07.3]") {
  INFO("the gradient of this model's weight is the mean of the inputs");
  Slope model;
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_difference);
  BatchList batches = batches_of({{1, 3}, {5}, {4, 0}});
  trainer.train_epoch(batches);
  INFO("7 in the second step would be 2 + 5: zero_grad() was forgotten");
  CHECK(optimizer.gradients == Steps{{2}, {5}, {2}});
}

TEST_CASE("an epoch changes the parameters", "[07.3]") {
  Slope model({1});
  NotingOptimizer optimizer(model, 0.5f);
  Trainer trainer(model, optimizer, mean_difference);
  BatchList batches = batches_of({{1, 3}, {5}, {4, 0}});
  trainer.train_epoch(batches);
  INFO("1 - 0.5 * (2 + 5 + 2)");
  CHECK(model.weight() == -3.5f);
}

TEST_CASE("the loss of an epoch is the mean over its samples", "[07.3]") {
  Slope model({1});
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_difference);
  BatchList batches = batches_of({{1, 3}, {8}});
  INFO("two samples with a mean of 2 and one with 8: 12 / 3, not (2 + 8) / 2");
  CHECK(trainer.train_epoch(batches) == 4.0f);
}

TEST_CASE("two batches become one step", "[07.3]") {
  Slope model;
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_difference);
  BatchList batches = batches_of({{2}, {4}, {6}, {8}});
  trainer.train_epoch(batches, 2);
  INFO("as with batches of two: the means of (2, 4) and of (6, 8)");
  CHECK(optimizer.gradients == Steps{{3}, {7}});
  CHECK(trainer.step() == 2);
}

TEST_CASE("a last group that is not full is a step of its own", "[07.3]") {
  Slope model;
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_difference);
  BatchList batches = batches_of({{2}, {4}, {9}});
  trainer.train_epoch(batches, 2);
  INFO("the third batch is alone in its group: 9 / 1, not 9 / 2, and not lost");
  CHECK(optimizer.gradients == Steps{{3}, {9}});
}

TEST_CASE("the schedule sets the learning rate before an epoch", "[07.3]") {
  Slope model;
  NotingOptimizer optimizer(model, 77);
  Trainer trainer(model, optimizer, mean_difference,
                  {.schedule = CosineSchedule(1.0f, 0.0f, 2)});
  BatchList batches = batches_of({{1}, {2}});
  for (int epoch = 0; epoch < 3; ++epoch) trainer.train_epoch(batches);
  INFO("epochs 0, 1 and 2 of two: the maximum, the middle, the minimum");
  REQUIRE(optimizer.lrs.size() == 6);
  const float expected[] = {1.0f, 1.0f, 0.5f, 0.5f, 0.0f, 0.0f};
  for (std::size_t i = 0; i < 6; ++i) {
    CHECK(optimizer.lrs[i] == Approx(expected[i]));
  }
}

TEST_CASE("gradients are clipped before the step", "[07.3]") {
  Slope model;
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_difference, {.clip_norm = 1.0f});
  BatchList batches = batches_of({{30, 50}, {0.5f}});
  trainer.train_epoch(batches);
  REQUIRE(optimizer.gradients.size() == 2);
  CHECK(optimizer.gradients[0].at(0) == Approx(1.0));
  CHECK(optimizer.gradients[1].at(0) == 0.5f);
}

TEST_CASE("training happens in training mode", "[07.3]") {
  Slope model;
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_difference);
  model.eval();
  BatchList batches = batches_of({{1}, {2}});
  trainer.train_epoch(batches);
  CHECK(model.modes == std::vector<bool>{true, true});
}

TEST_CASE("epochs and steps are counted and the history kept", "[07.3]") {
  Slope model;
  NotingOptimizer optimizer(model, 0.25f);
  Trainer trainer(model, optimizer, mean_difference);
  BatchList batches = batches_of({{2}, {4}, {3}});
  const float first = trainer.train_epoch(batches);
  const float second = trainer.train_epoch(batches);
  CHECK(trainer.epoch() == 2);
  CHECK(trainer.step() == 6);
  CHECK(trainer.history().train_loss == std::vector<float>{first, second});
  CHECK(trainer.history().learning_rates == std::vector<float>{0.25f, 0.25f});
  CHECK(trainer.history().eval_loss.empty());
}

TEST_CASE("training on nothing is refused", "[07.3]") {
  Slope model;
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_difference);
  BatchList none({});
  CHECK_THROWS_MATCHES(trainer.train_epoch(none), ValueError,
                       Mentions({"train_epoch", "batches"}));
  BatchList one = batches_of({{1}});
  CHECK_THROWS_MATCHES(trainer.train_epoch(one, 0), ValueError,
                       Mentions({"train_epoch", "accumulation_steps", "0"}));
  BatchList inputs_only({{make({1}, {1})}});
  CHECK_THROWS_MATCHES(trainer.train_epoch(inputs_only), ValueError,
                       Mentions({"train_epoch", "1"}));
}

// -- Evaluation ---------------------------------------------------------------

namespace {

/// Shows its input as its output.
Slope passes_on() { return Slope({1}); }

/// A loss that needs nothing of the student: the mean of the outputs.
Tensor mean_output(const Tensor& outputs, const Tensor&) {
  const std::vector<float> all = test::values(outputs);
  float total = 0;
  for (const float value : all) total += value;
  return make({}, {total / static_cast<float>(all.size())});
}

}  // namespace

TEST_CASE("the loss of an evaluation is the mean over its samples", "[07.4]") {
  Slope model = passes_on();
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_output);
  BatchList batches = batches_of({{1, 3}, {8}});
  INFO("two samples with a mean of 2 and one with 8: 12 / 3");
  const float loss = trainer.evaluate(batches).loss;
  CHECK(loss == 4.0f);
  CHECK(trainer.history().eval_loss == std::vector<float>{4.0f});
}

TEST_CASE("accuracy is the share of right classes", "[07.4]") {
  Slope model = passes_on();
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_output);
  INFO("the largest outputs are at 2, 0, 1 and 1; the last target is 0");
  const Tensor outputs = make({4, 3}, {1, 2, 3, 9, 0, 1, 4, 5, 4, 0, 2, 1});
  BatchList batches({{outputs, make({4}, {2, 0, 1, 0})}});
  CHECK(trainer.evaluate(batches).accuracy == 0.75f);
}

TEST_CASE("targets may be rows with a one", "[07.4]") {
  Slope model = passes_on();
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_output);
  const Tensor outputs = make({2, 3}, {1, 2, 3, 9, 0, 1});
  const Tensor targets = make({2, 3}, {0, 0, 1, 0, 1, 0});
  BatchList batches({{outputs, targets}});
  INFO("2 is right; the second row's largest output is at 0, its one at 1");
  CHECK(trainer.evaluate(batches).accuracy == 0.5f);
}

TEST_CASE("without classes there is no accuracy", "[07.4]") {
  Slope model = passes_on();
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_output);
  BatchList batches({{make({2, 1}, {1, 2}), make({2, 1}, {1, 2})}});
  const Evaluation evaluation = trainer.evaluate(batches);
  CHECK(evaluation.loss == 1.5f);
  INFO("one output each: a number, and the largest of one says nothing");
  CHECK(std::isnan(evaluation.accuracy));
}

TEST_CASE("evaluation happens in evaluation mode", "[07.4]") {
  Slope model = passes_on();
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_output);
  BatchList batches = batches_of({{1}, {2}});
  trainer.evaluate(batches);
  CHECK(model.modes == std::vector<bool>{false, false});
  INFO("afterwards the model is back in its own mode");
  CHECK(model.training());
}

TEST_CASE("evaluation records nothing", "[07.4]") {
  Slope model = passes_on();
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_output);
  BatchList batches = batches_of({{1}, {2}});
  trainer.evaluate(batches);
  INFO("a graph that nobody will walk costs memory and time");
  CHECK(model.recorded == std::vector<bool>{false, false});
  CHECK(grad_enabled());
}

TEST_CASE("evaluating nothing is refused", "[07.4]") {
  Slope model = passes_on();
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_output);
  BatchList none({});
  CHECK_THROWS_MATCHES(trainer.evaluate(none), ValueError,
                       Mentions({"evaluate", "batches"}));
  BatchList inputs_only({{make({1}, {1})}});
  CHECK_THROWS_MATCHES(trainer.evaluate(inputs_only), ValueError,
                       Mentions({"evaluate", "1"}));
}
