// 07.4 Evaluation.
#include "support/fake_training.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::batches_of;
using test::make;
using test::Mentions;
using test::NotingOptimizer;
using test::Slope;

namespace {

Tensor mean_output(const Tensor& outputs, const Tensor&) {
  const std::vector<float> all = test::values(outputs);
  float total = 0;
  for (const float value : all) total += value;
  return make({}, {total / static_cast<float>(all.size())});
}

/// Shows its input as it is, with its strides.
class Mirror : public Slope {
 public:
  Tensor forward(const Tensor& x) override { return x; }
};

/// Says that there is one more batch than it hands out.
class ShortBatches : public BatchList {
 public:
  using BatchList::BatchList;
  std::int64_t size() const override { return BatchList::size() + 1; }
};

/// The accuracy of these outputs.
float accuracy_of(std::vector<Batch> batches) {
  Mirror model;
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_output);
  BatchList list(std::move(batches));
  return trainer.evaluate(list).accuracy;
}

}  // namespace

TEST_CASE("accuracy counts samples and not batches", "[07.4][hidden]") {
  const Tensor four = make({4, 2}, {0, 1, 0, 1, 0, 1, 0, 1});
  const Tensor one = make({1, 2}, {0, 1});
  INFO("4 of 4 and 0 of 1 are 4 of 5, not the mean of 1 and 0");
  CHECK(accuracy_of({{four, make({4}, {1, 1, 1, 1})}, {one, make({1}, {0})}}) ==
        Approx(0.8));
}

TEST_CASE("classes are compared along the rows", "[07.4][hidden]") {
  INFO("in both rows the first output is the largest");
  const Tensor square = make({2, 2}, {5, 1, 9, 2});
  CHECK(accuracy_of({{square, make({2}, {0, 0})}}) == 1.0f);
  CHECK(accuracy_of({{square, make({2}, {1, 1})}}) == 0.0f);
  CHECK(accuracy_of({{square, make({2, 2}, {1, 0, 1, 0})}}) == 1.0f);
  CHECK(accuracy_of({{square, make({2, 2}, {0, 1, 1, 0})}}) == 0.5f);
}

TEST_CASE("rows with a one need not be exactly that", "[07.4][hidden]") {
  const Tensor outputs = make({2, 3}, {1, 7, 3, 9, 0, 1});
  const Tensor soft = make({2, 3}, {0.1f, 0.8f, 0.1f, 0.6f, 0.4f, 0});
  CHECK(accuracy_of({{outputs, soft}}) == 1.0f);
}

TEST_CASE("outputs and targets may lie anywhere in memory", "[07.4][hidden]") {
  const std::vector<float> rows = {1, 2, 3, 9, 0, 1, 4, 5, 4, 0, 2, 1};
  const Tensor outputs = test::scattered({4, 3}, rows);
  CHECK(accuracy_of({{outputs, test::scattered({4}, {2, 0, 1, 0})}}) == 0.75f);
  const Tensor one_hot =
      test::scattered({4, 3}, {0, 0, 1, 1, 0, 0, 0, 1, 0, 1, 0, 0});
  CHECK(accuracy_of({{outputs, one_hot}}) == 0.75f);
}

TEST_CASE("accuracy needs rows of classes", "[07.4][hidden]") {
  INFO("a column of outputs, numbers without rows, and images");
  CHECK(std::isnan(accuracy_of({{make({2, 1}, {0, 1}), make({2}, {0, 0})}})));
  CHECK(std::isnan(accuracy_of({{make({2}, {0, 1}), make({2}, {0, 1})}})));
  const Tensor image = make({1, 2, 2}, {0, 1, 2, 3});
  CHECK(std::isnan(accuracy_of({{image, image}})));
  CHECK(std::isnan(accuracy_of({{image, make({1}, {0})}})));
}

TEST_CASE("accuracy needs a target for every row", "[07.4][hidden]") {
  const Tensor outputs = make({2, 3}, {1, 7, 3, 9, 0, 1});
  CHECK(std::isnan(accuracy_of({{outputs, make({2, 1}, {1, 0})}})));
  CHECK(std::isnan(accuracy_of({{outputs, make({3}, {1, 0, 0})}})));
}

TEST_CASE("a model in evaluation mode stays there", "[07.4][hidden]") {
  Slope model;
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_output);
  model.eval();
  BatchList batches = batches_of({{1}});
  trainer.evaluate(batches);
  CHECK_FALSE(model.training());
}

TEST_CASE("an evaluation that fails restores everything", "[07.4][hidden]") {
  Slope model;
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, [](const Tensor&, const Tensor&) -> Tensor {
    throw std::runtime_error("broken");
  });
  BatchList batches = batches_of({{1}});
  CHECK_THROWS_AS(trainer.evaluate(batches), std::runtime_error);
  CHECK(model.training());
  CHECK(grad_enabled());
  CHECK(trainer.history().eval_loss.empty());
}

TEST_CASE("an evaluation changes no part of the training", "[07.4][hidden]") {
  Slope model({3});
  NotingOptimizer optimizer(model, 0.5f);
  Trainer trainer(model, optimizer, mean_output,
                  {.schedule = CosineSchedule(1.0f, 0.0f, 2)});
  for (const Tensor& p : model.parameters()) p.set_grad(make({1}, {9}));
  BatchList batches = batches_of({{1}, {2}});
  trainer.evaluate(batches);
  trainer.evaluate(batches);
  CHECK(optimizer.gradients.empty());
  CHECK(optimizer.lr() == 0.5f);
  CHECK(model.weight() == 3.0f);
  CHECK(test::values(model.parameters()[0].grad()) == std::vector<float>{9});
  CHECK(trainer.epoch() == 0);
  CHECK(trainer.step() == 0);
  CHECK(trainer.history().train_loss.empty());
  CHECK(trainer.history().learning_rates.empty());
  CHECK(trainer.history().eval_loss == std::vector<float>{4.5f, 4.5f});
}

TEST_CASE("an evaluation is a new pass over all batches", "[07.4][hidden]") {
  Slope model;
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_output);
  BatchList batches = batches_of({{1}, {5}});
  batches.next();
  CHECK(trainer.evaluate(batches).loss == 3.0f);
  CHECK(trainer.evaluate(batches).loss == 3.0f);
}

TEST_CASE("a batch to evaluate is a pair", "[07.4][hidden]") {
  Slope model;
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_output);
  Batch three = test::batch_of({1});
  three.push_back(make({1}, {1}));
  BatchList triples({three});
  CHECK_THROWS_AS(trainer.evaluate(triples), ValueError);
  CHECK(model.training());
}

TEST_CASE("the loss compares outputs with targets", "[07.4][hidden]") {
  INFO("outputs 4 and 8, targets 1 and 3: the mean difference is 4");
  Slope model({2});
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, test::mean_difference);
  BatchList batches({{make({2}, {2, 4}), make({2}, {1, 3})}});
  CHECK(trainer.evaluate(batches).loss == 4.0f);
}

TEST_CASE("a batch weighs as much as it has samples", "[07.4][hidden]") {
  INFO("three samples of one number and one sample of two");
  Slope model;
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_output);
  const Tensor tall = make({3, 1}, {1, 1, 1}), wide = make({1, 2}, {5, 5});
  BatchList batches({{tall, tall}, {wide, wide}});
  CHECK(trainer.evaluate(batches).loss == 2.0f);
}

TEST_CASE("an evaluation needs as many batches as there are said to be",
          "[07.4][hidden]") {
  Slope model;
  NotingOptimizer optimizer(model);
  Trainer trainer(model, optimizer, mean_output);
  ShortBatches batches({test::batch_of({1}), test::batch_of({2})});
  CHECK_THROWS_MATCHES(trainer.evaluate(batches), ValueError,
                       Mentions({"evaluate", "3"}));
  CHECK(model.training());
  CHECK(trainer.history().eval_loss.empty());
}
