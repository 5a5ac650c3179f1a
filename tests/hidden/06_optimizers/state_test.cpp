// 06.5 Saving and restoring state: what a plausible mistake would get wrong.
#include "support/parameters.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::make;
using test::Mentions;
using test::parameter;

namespace {

const AdamOptions kShortMemory = {.lr = 0.3f, .beta1 = 0.5f, .beta2 = 0.75f};

/// What an Adam with short memory has after one step with the gradient 1.
OptimizerState after_one() {
  return {1,
          {{"first_moment", {make({1}, {0.5f})}},
           {"second_moment", {make({1}, {0.25f})}}}};
}

}  // namespace

TEST_CASE("a restored Adam continues with its moments and its count",
          "[06.5][hidden]") {
  // The second step of "Adam averages gradients and their squares".
  const Tensor p = parameter({1}, {0.7f});
  Adam optimizer({p}, kShortMemory);
  optimizer.set_state(after_one());
  test::step(optimizer, p, {-1});
  CHECK_THAT(p, IsTensor({1}, {0.8f}, 1e-5f));
  CHECK(optimizer.state().steps == 2);
}

TEST_CASE("AdamW continues from a state of Adam and back", "[06.5][hidden]") {
  const Tensor p = parameter({1}, {0.7f});
  AdamW adamw({p}, kShortMemory);
  adamw.set_state(after_one());
  Adam adam({p}, kShortMemory);
  adam.set_state(adamw.state());
  test::step(adam, p, {-1});
  CHECK_THAT(p, IsTensor({1}, {0.8f}, 1e-5f));
}

TEST_CASE("later steps of Adam do not change a saved state", "[06.5][hidden]") {
  const Tensor p = parameter({1}, {1});
  Adam optimizer({p}, kShortMemory);
  test::step(optimizer, p, {1});
  const OptimizerState saved = optimizer.state();
  test::step(optimizer, p, {8});
  CHECK(saved.steps == 1);
  REQUIRE(saved.buffers.size() == 2);
  CHECK_THAT(saved.buffers.at("first_moment")[0], IsTensor({1}, {0.5f}));
  CHECK_THAT(saved.buffers.at("second_moment")[0], IsTensor({1}, {0.25f}));
}

TEST_CASE("later steps do not change a state that was restored from",
          "[06.5][hidden]") {
  const Tensor p = parameter({1}, {1});
  const OptimizerState first = after_one();
  Adam adam({p}, kShortMemory);
  adam.set_state(first);
  test::step(adam, p, {8});
  CHECK_THAT(first.buffers.at("first_moment")[0], IsTensor({1}, {0.5f}));
  CHECK_THAT(first.buffers.at("second_moment")[0], IsTensor({1}, {0.25f}));

  const OptimizerState second = {3, {{"velocity", {make({1}, {4})}}}};
  SGD sgd({p}, {.momentum = 0.5f});
  sgd.set_state(second);
  test::step(sgd, p, {8});
  CHECK_THAT(second.buffers.at("velocity")[0], IsTensor({1}, {4}));
}

TEST_CASE("two optimizers restored from one state go their own ways",
          "[06.5][hidden]") {
  const Tensor a = parameter({1}, {0});
  const Tensor b = parameter({1}, {0});
  const OptimizerState state = {1, {{"velocity", {make({1}, {2})}}}};
  SGD first({a}, {.lr = 1.0f, .momentum = 0.5f});
  SGD second({b}, {.lr = 1.0f, .momentum = 0.5f});
  first.set_state(state);
  second.set_state(state);
  test::step(first, a, {10});
  test::step(second, b, {1});
  CHECK_THAT(a, IsTensor({1}, {-11}));
  CHECK_THAT(b, IsTensor({1}, {-2}));
}

TEST_CASE("the state of gradient descent without momentum is its steps only",
          "[06.5][hidden]") {
  const Tensor p = parameter({1}, {1});
  SGD optimizer({p}, {.lr = 0.5f});
  test::step(optimizer, p, {1});
  test::step(optimizer, p, {1});
  CHECK(optimizer.state().steps == 2);
  CHECK(optimizer.state().buffers.empty());
  optimizer.set_state({7, {}});
  CHECK(optimizer.state().steps == 7);
}

TEST_CASE("the state before the first step starts an optimizer afresh",
          "[06.5][hidden]") {
  const Tensor p = parameter({1}, {0});
  SGD sgd({p}, {.lr = 1.0f, .momentum = 0.5f});
  const OptimizerState fresh = sgd.state();
  test::step(sgd, p, {4});
  sgd.set_state(fresh);
  CHECK(sgd.state().steps == 0);
  CHECK(sgd.state().buffers.empty());
  test::step(sgd, p, {1});
  CHECK_THAT(p, IsTensor({1}, {-5}));

  const Tensor q = parameter({1}, {0});
  Adam adam({q}, kShortMemory);
  CHECK(adam.state().buffers.empty());
  const OptimizerState fresh_adam = adam.state();
  test::step(adam, q, {-1});
  adam.set_state(fresh_adam);
  CHECK(adam.state().buffers.empty());
  test::step(adam, q, {1});
  CHECK_THAT(q, IsTensor({1}, {0}, 0, 1e-6f));
}

TEST_CASE("the state keeps one tensor of its shape for each parameter",
          "[06.5][hidden]") {
  // Also for those that have had no gradient yet.
  const Tensor matrix = parameter({2, 1}, {1, 1});
  const Tensor unused = parameter({3}, {1, 1, 1});
  const Tensor empty = parameter({0, 2}, {});
  SGD sgd({matrix, unused, empty}, {.momentum = 0.5f});
  Adam adam({matrix, unused, empty});
  test::step(sgd, matrix, {1, 2});
  adam.step();
  const auto buffers = adam.state().buffers;
  REQUIRE(buffers.size() == 2);
  for (const auto& name : {"first_moment", "second_moment"}) {
    CAPTURE(name);
    REQUIRE(buffers.at(name).size() == 3);
    CHECK(buffers.at(name)[0].shape() == Shape{2, 1});
    CHECK_THAT(buffers.at(name)[1], IsTensor({3}, {0, 0, 0}));
    CHECK_THAT(buffers.at(name)[2], IsTensor({0, 2}, {}));
  }
  const auto velocity = sgd.state().buffers.at("velocity");
  REQUIRE(velocity.size() == 3);
  CHECK_THAT(velocity[0], IsTensor({2, 1}, {1, 2}));
  CHECK_THAT(velocity[1], IsTensor({3}, {0, 0, 0}));
}

TEST_CASE("a state of tensors that are views is restored by index",
          "[06.5][hidden]") {
  const Tensor p = parameter({2, 2}, {0, 0, 0, 0});
  SGD optimizer({p}, {.lr = 1.0f, .momentum = 0.5f});
  const Tensor velocity = test::scattered({2, 2}, {2, 4, 6, 8});
  optimizer.set_state({1, {{"velocity", {velocity}}}});
  test::step(optimizer, p, {0, 0, 0, 0});
  CHECK_THAT(p, IsTensor({2, 2}, {-1, -2, -3, -4}));
}

TEST_CASE("states that no such optimizer could have saved are refused",
          "[06.5][hidden]") {
  const Tensor p = parameter({1}, {1});
  const Tensor one = make({1}, {1});
  SGD plain({p});
  SGD sgd({p}, {.momentum = 0.5f});
  Adam adam({p});
  CHECK_THROWS_AS(plain.set_state({1, {{"velocity", {one}}}}), ValueError);
  CHECK_THROWS_AS(plain.set_state(after_one()), ValueError);
  CHECK_THROWS_AS(plain.set_state({-1, {}}), ValueError);
  CHECK_THROWS_AS(sgd.set_state({1, {}}), ValueError);
  CHECK_THROWS_AS(sgd.set_state({1, {{"velocity", {}}}}), ValueError);
  CHECK_THROWS_AS(sgd.set_state({1, {{"velocity", {one, one}}}}), ValueError);
  CHECK_THROWS_AS(
      sgd.set_state({1, {{"velocity", {one}}, {"first_moment", {one}}}}),
      ValueError);
  CHECK_THROWS_AS(sgd.set_state({1, {{"Velocity", {one}}}}), ValueError);
  CHECK_THROWS_AS(adam.set_state({1, {}}), ValueError);
  CHECK_THROWS_AS(adam.set_state({1, {{"first_moment", {one}}}}), ValueError);
  CHECK_THROWS_AS(adam.set_state({1, {{"second_moment", {one}}}}), ValueError);
  OptimizerState negative = after_one();
  negative.steps = -2;
  CHECK_THROWS_MATCHES(adam.set_state(negative), ValueError,
                       Mentions({"set_state", "-2"}));
}

TEST_CASE("as many numbers in another shape are refused", "[06.5][hidden]") {
  const Tensor p = parameter({2, 3}, test::counting({2, 3}));
  const Tensor turned = make({3, 2}, test::counting({3, 2}));
  SGD sgd({p}, {.momentum = 0.5f});
  CHECK_THROWS_MATCHES(sgd.set_state({1, {{"velocity", {turned}}}}), ValueError,
                       Mentions({"set_state", "(2, 3)", "(3, 2)"}));
  Adam adam({p});
  const Tensor right = make({2, 3}, test::counting({2, 3}));
  CHECK_THROWS_AS(
      adam.set_state(
          {1, {{"first_moment", {right}}, {"second_moment", {turned}}}}),
      ValueError);
}

TEST_CASE("every parameter of the state is compared", "[06.5][hidden]") {
  const Tensor a = parameter({1}, {1});
  const Tensor b = parameter({2}, {1, 1});
  const Tensor one = make({1}, {1});
  const Tensor two = make({2}, {1, 1});
  SGD sgd({a, b}, {.momentum = 0.5f});
  CHECK_THROWS_AS(sgd.set_state({1, {{"velocity", {one, one}}}}), ValueError);
  CHECK_THROWS_AS(sgd.set_state({1, {{"velocity", {two, one}}}}), ValueError);
  CHECK_THROWS_AS(sgd.set_state({1, {{"velocity", {one}}}}), ValueError);
  sgd.set_state({1, {{"velocity", {one, two}}}});
  CHECK(sgd.state().steps == 1);
}

TEST_CASE("a refused state changes nothing", "[06.5][hidden]") {
  const Tensor p = parameter({1}, {0.7f});
  Adam adam({p}, kShortMemory);
  adam.set_state(after_one());
  // The first moment fits, the second does not.
  const OptimizerState wrong = {9,
                                {{"first_moment", {make({1}, {50})}},
                                 {"second_moment", {make({2}, {60, 60})}}}};
  REQUIRE_THROWS_AS(adam.set_state(wrong), ValueError);
  test::step(adam, p, {-1});
  CHECK_THAT(p, IsTensor({1}, {0.8f}, 1e-5f));
  CHECK(adam.state().steps == 2);

  const Tensor q = parameter({1}, {0});
  SGD sgd({q}, {.lr = 1.0f, .momentum = 0.5f});
  test::step(sgd, q, {1});
  REQUIRE_THROWS_AS(sgd.set_state({9, {{"velocity", {make({2}, {1, 1})}}}}),
                    ValueError);
  test::step(sgd, q, {1});
  CHECK_THAT(q, IsTensor({1}, {-2.5f}));
  CHECK(sgd.state().steps == 2);
}
