// 06.2 Gradient descent with momentum.
#include "support/parameters.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::make;
using test::parameter;

TEST_CASE("gradient descent walks against the gradient", "[06.2]") {
  INFO("the gradient points uphill: 3 - 0.5 * 2 = 2 and 1 - 0.5 * (-4) = 3");
  const Tensor p = parameter({2}, {3, 1});
  SGD optimizer({p}, {.lr = 0.5f});
  test::step(optimizer, p, {2, -4});
  CHECK_THAT(p, IsTensor({2}, {2, 3}));
}

TEST_CASE("without momentum each step is the same", "[06.2]") {
  const Tensor p = parameter({1}, {1});
  SGD optimizer({p}, {.lr = 0.25f});
  for (const float expected : {0.75f, 0.5f, 0.25f}) {
    test::step(optimizer, p, {1});
    CHECK_THAT(p, IsTensor({1}, {expected}));
  }
}

TEST_CASE("with momentum steps in one direction become longer", "[06.2]") {
  INFO("v = 1, then 0.5 * 1 + 1 = 1.5, then 0.5 * 1.5 + 1 = 1.75;");
  INFO("p = 1 - 0.25 * 1, then - 0.25 * 1.5, then - 0.25 * 1.75");
  const Tensor p = parameter({1}, {1});
  SGD optimizer({p}, {.lr = 0.25f, .momentum = 0.5f});
  for (const float expected : {0.75f, 0.375f, -0.0625f}) {
    test::step(optimizer, p, {1});
    CHECK_THAT(p, IsTensor({1}, {expected}));
  }
}

TEST_CASE("with momentum steps to and fro become shorter", "[06.2]") {
  INFO("v = 1, then 0.5 * 1 - 1 = -0.5, then 0.5 * (-0.5) + 1 = 0.75");
  const Tensor p = parameter({1}, {1});
  SGD optimizer({p}, {.lr = 0.5f, .momentum = 0.5f});
  test::step(optimizer, p, {1});
  CHECK_THAT(p, IsTensor({1}, {0.5f}));
  test::step(optimizer, p, {-1});
  CHECK_THAT(p, IsTensor({1}, {0.75f}));
  test::step(optimizer, p, {1});
  CHECK_THAT(p, IsTensor({1}, {0.375f}));
}

TEST_CASE("weight decay adds a pull towards 0 to the gradient", "[06.2]") {
  INFO("g = 0.5 + 0.25 * 2 = 1, so p = 2 - 0.5 * 1");
  const Tensor p = parameter({1}, {2});
  SGD optimizer({p}, {.lr = 0.5f, .weight_decay = 0.25f});
  test::step(optimizer, p, {0.5f});
  CHECK_THAT(p, IsTensor({1}, {1.5f}));
}

TEST_CASE("gradient descent passes over a parameter without a gradient",
          "[06.2]") {
  const Tensor frozen = parameter({1}, {5});
  const Tensor p = parameter({1}, {1});
  SGD optimizer({frozen, p}, {.lr = 0.5f, .weight_decay = 0.5f});
  test::step(optimizer, p, {0.5f});
  CHECK_THAT(frozen, IsTensor({1}, {5}));
  CHECK_THAT(p, IsTensor({1}, {0.5f}));
}

TEST_CASE("gradient descent changes the parameter that the layer holds",
          "[06.2]") {
  INFO("a step writes into the parameter's memory and puts no new tensor in");
  INFO("its place: the layer would never hear of it");
  const Tensor held_by_layer = parameter({2}, {1, 1});
  const float* memory = held_by_layer.data();
  SGD optimizer({held_by_layer}, {.lr = 1.0f});
  test::step(optimizer, held_by_layer, {1, 2});
  CHECK_THAT(held_by_layer, IsTensor({2}, {0, -1}));
  CHECK(held_by_layer.data() == memory);
}
