// 06.3 Adam.
#include "support/parameters.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::make;
using test::parameter;

TEST_CASE("the first step of Adam is as long as the learning rate", "[06.3]") {
  INFO("m / (1 - beta1) = g and v / (1 - beta2) = g * g, so the step is");
  INFO("lr * g / |g|, whatever the size of the gradient");
  const Tensor p = parameter({3}, {1, 1, 1});
  Adam optimizer({p}, {.lr = 0.5f});
  test::step(optimizer, p, {100, 0.01f, -7});
  CHECK_THAT(p, IsTensor({3}, {0.5f, 0.5f, 1.5f}, 1e-5f));
}

TEST_CASE("Adam corrects the bias of every step", "[06.3]") {
  INFO("with a constant gradient the corrected moments are g and g * g in");
  INFO("every step, so each step is as long as the learning rate");
  const Tensor p = parameter({1}, {1});
  Adam optimizer({p}, {.lr = 0.25f});
  for (const float expected : {0.75f, 0.5f, 0.25f, 0.0f, -0.25f}) {
    test::step(optimizer, p, {3});
    CHECK_THAT(p, IsTensor({1}, {expected}, 1e-5f, 1e-5f));
  }
}

TEST_CASE("Adam averages gradients and their squares", "[06.3]") {
  INFO("gradients 1 and -1, beta1 = 0.5, beta2 = 0.75. In the second step");
  INFO("m = 0.5 * 0.5 - 0.5 = -0.25 and v = 0.75 * 0.25 + 0.25 = 0.4375;");
  INFO("corrected: -0.25 / 0.75 = -1/3 and 0.4375 / 0.4375 = 1");
  const Tensor p = parameter({1}, {1});
  Adam optimizer({p}, {.lr = 0.3f, .beta1 = 0.5f, .beta2 = 0.75f});
  test::step(optimizer, p, {1});
  CHECK_THAT(p, IsTensor({1}, {0.7f}, 1e-5f));
  test::step(optimizer, p, {-1});
  CHECK_THAT(p, IsTensor({1}, {0.8f}, 1e-5f));
}

TEST_CASE("eps of Adam is added to the root", "[06.3]") {
  INFO("p = 1 - 1 * 3 / (sqrt(9) + 1) = 0.25");
  const Tensor p = parameter({1}, {1});
  Adam optimizer({p}, {.lr = 1.0f, .eps = 1.0f});
  test::step(optimizer, p, {3});
  CHECK_THAT(p, IsTensor({1}, {0.25f}, 1e-5f));
}

TEST_CASE("a gradient of 0 leaves a parameter of Adam where it is", "[06.3]") {
  INFO("0 / (sqrt(0) + eps) is 0, where 0 / 0 would be NaN");
  const Tensor p = parameter({1}, {1});
  Adam optimizer({p}, {.lr = 0.5f});
  test::step(optimizer, p, {0});
  CHECK_THAT(p, IsTensor({1}, {1}));
}

TEST_CASE("weight decay of Adam joins the gradient", "[06.3]") {
  INFO("g = 0 + 0.25 * 2 is small, but the first step is as long as the");
  INFO("learning rate: Adam divides the pull of weight decay by its size, too");
  const Tensor p = parameter({1}, {2});
  Adam optimizer({p}, {.lr = 0.5f, .weight_decay = 0.25f});
  test::step(optimizer, p, {0});
  CHECK_THAT(p, IsTensor({1}, {1.5f}, 1e-5f));
}

TEST_CASE("Adam passes over a parameter without a gradient", "[06.3]") {
  const Tensor frozen = parameter({1}, {5});
  const Tensor p = parameter({1}, {1});
  Adam optimizer({frozen, p}, {.lr = 0.5f, .weight_decay = 0.5f});
  test::step(optimizer, p, {4});
  CHECK_THAT(frozen, IsTensor({1}, {5}));
  CHECK_THAT(p, IsTensor({1}, {0.5f}, 1e-5f));
}
