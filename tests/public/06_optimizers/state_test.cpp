// 06.5 Saving and restoring state.
#include "support/parameters.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::make;
using test::Mentions;
using test::parameter;

TEST_CASE("the state of gradient descent is its steps and its velocity",
          "[06.5]") {
  const Tensor p = parameter({2}, {1, 1});
  SGD optimizer({p}, {.lr = 0.5f, .momentum = 0.5f});
  CHECK(optimizer.state().steps == 0);
  CHECK(optimizer.state().buffers.empty());
  test::step(optimizer, p, {2, 4});
  test::step(optimizer, p, {2, 4});
  const OptimizerState state = optimizer.state();
  CHECK(state.steps == 2);
  REQUIRE(state.buffers.count("velocity") == 1);
  REQUIRE(state.buffers.at("velocity").size() == 1);
  INFO("0.5 * 2 + 2 = 3 and 0.5 * 4 + 4 = 6");
  CHECK_THAT(state.buffers.at("velocity")[0], IsTensor({2}, {3, 6}));
}

TEST_CASE("the state of Adam is its steps and two moments", "[06.5]") {
  const Tensor p = parameter({1}, {1});
  Adam optimizer({p}, {.beta1 = 0.5f, .beta2 = 0.75f});
  test::step(optimizer, p, {4});
  const OptimizerState state = optimizer.state();
  CHECK(state.steps == 1);
  REQUIRE(state.buffers.size() == 2);
  REQUIRE(state.buffers.at("first_moment").size() == 1);
  REQUIRE(state.buffers.at("second_moment").size() == 1);
  INFO("m = 0.5 * 4 and v = 0.25 * 16, without bias correction");
  CHECK_THAT(state.buffers.at("first_moment")[0], IsTensor({1}, {2}));
  CHECK_THAT(state.buffers.at("second_moment")[0], IsTensor({1}, {4}));
}

TEST_CASE("a restored optimizer continues as if nothing had happened",
          "[06.5]") {
  const Tensor p = parameter({1}, {1});
  SGD before({p}, {.lr = 0.25f, .momentum = 0.5f});
  test::step(before, p, {1});
  SGD after({p}, {.lr = 0.25f, .momentum = 0.5f});
  after.set_state(before.state());
  INFO("v goes on from 1 to 1.5: p = 0.75 - 0.25 * 1.5");
  test::step(after, p, {1});
  CHECK_THAT(p, IsTensor({1}, {0.375f}));
  CHECK(after.state().steps == 2);
}

TEST_CASE("later steps do not change a saved state", "[06.5]") {
  const Tensor p = parameter({1}, {1});
  SGD optimizer({p}, {.lr = 0.25f, .momentum = 0.5f});
  test::step(optimizer, p, {1});
  const OptimizerState saved = optimizer.state();
  test::step(optimizer, p, {1});
  INFO("the state holds copies: a handle on the velocity would move with it");
  REQUIRE(saved.buffers.count("velocity") == 1);
  CHECK_THAT(saved.buffers.at("velocity")[0], IsTensor({1}, {1}));
}

TEST_CASE("the state of another kind of optimizer is refused", "[06.5]") {
  const Tensor p = parameter({1}, {1});
  SGD sgd({p}, {.momentum = 0.5f});
  Adam adam({p});
  test::step(sgd, p, {1});
  CHECK_THROWS_MATCHES(adam.set_state(sgd.state()), ValueError,
                       Mentions({"set_state", "velocity", "first_moment"}));
  test::step(adam, p, {1});
  CHECK_THROWS_MATCHES(sgd.set_state(adam.state()), ValueError,
                       Mentions({"set_state", "velocity", "second_moment"}));
}

TEST_CASE("the state of another network is refused", "[06.5]") {
  const Tensor small = parameter({2}, {1, 1});
  const Tensor large = parameter({3}, {1, 1, 1});
  SGD of_small({small}, {.momentum = 0.5f});
  SGD of_large({large}, {.momentum = 0.5f});
  test::step(of_small, small, {1, 1});
  CHECK_THROWS_MATCHES(of_large.set_state(of_small.state()), ValueError,
                       Mentions({"set_state", "velocity", "(2,)", "(3,)"}));
}
