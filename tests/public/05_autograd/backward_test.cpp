// 05.3 The backward pass.
#include "support/gradients.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::Engine;
using test::IsTensor;
using test::leaf;
using test::make;
using test::Mentions;

TEST_CASE("the gradient of one operation reaches its input", "[05.3]") {
  const Engine engine;
  const Tensor x = leaf({1}, {5});
  test::twice(x).backward();
  INFO("y = 2 x: dy/dx = 2, whatever x is");
  CHECK_THAT(x.grad(), IsTensor({1}, {2}));
}

TEST_CASE("derivatives multiply along a chain", "[05.3]") {
  const Engine engine;
  const Tensor x = leaf({1}, {5});
  test::twice(test::twice(test::twice(x))).backward();
  INFO("y = 2 (2 (2 x)): dy/dx = 2 * 2 * 2");
  CHECK_THAT(x.grad(), IsTensor({1}, {8}));
}

TEST_CASE("gradients of several uses add up", "[05.3]") {
  const Engine engine;
  const Tensor x = leaf({1}, {5});
  test::times(x, x).backward();
  INFO("y = x x: each of the two factors passes 5 back, and 5 + 5 = 2 x");
  CHECK_THAT(x.grad(), IsTensor({1}, {10}));
}

TEST_CASE("two paths from one tensor meet before it passes its gradient on",
          "[05.3]") {
  const Engine engine;
  const Tensor x = leaf({1}, {5});
  const Tensor h = test::twice(x);
  test::reset_rule_calls();
  test::plus(test::twice(h), test::twice(h)).backward();
  INFO("y = 2 h + 2 h with h = 2 x: dy/dh = 4 and dy/dx = 8. Four operations");
  INFO("took place, so four rules are asked: that of h once, not per path");
  CHECK_THAT(x.grad(), IsTensor({1}, {8}));
  CHECK(test::rule_calls() == 4);
}

TEST_CASE("a second backward pass adds to the gradient", "[05.3]") {
  const Engine engine;
  const Tensor x = leaf({1}, {5});
  test::twice(x).backward();
  test::twice(x).backward();
  INFO("2 + 2: this is how a large batch is computed in parts");
  CHECK_THAT(x.grad(), IsTensor({1}, {4}));
}

TEST_CASE("zero_grad forgets the gradient", "[05.3]") {
  const Engine engine;
  const Tensor x = leaf({1}, {5});
  test::twice(x).backward();
  REQUIRE(x.has_grad());
  x.zero_grad();
  CHECK_FALSE(x.has_grad());
  test::twice(x).backward();
  CHECK_THAT(x.grad(), IsTensor({1}, {2}));
}

TEST_CASE("a tensor of several elements needs a gradient to start from",
          "[05.3]") {
  const Engine engine;
  const Tensor x = leaf({2}, {5, 6});
  const Tensor y = test::twice(x);
  INFO("dy/dx is a table for a y of two elements; only a loss is one number");
  CHECK_THROWS_MATCHES(y.backward(), ShapeError,
                       Mentions({"backward", "(2,)"}));
  y.backward(make({2}, {1, 10}));
  CHECK_THAT(x.grad(), IsTensor({2}, {2, 20}));
}

TEST_CASE("a graph is used up by its backward pass", "[05.3]") {
  const Engine engine;
  const Tensor x = leaf({1}, {5});
  const Tensor y = test::times(x, x);
  y.backward();
  INFO("what was saved for the way back has been freed");
  CHECK_THROWS_MATCHES(y.backward(), AutogradError, Mentions({"backward"}));
}

TEST_CASE("a graph can be kept for another backward pass", "[05.3]") {
  const Engine engine;
  const Tensor x = leaf({1}, {5});
  const Tensor y = test::times(x, x);
  y.backward(true);
  y.backward();
  CHECK_THAT(x.grad(), IsTensor({1}, {20}));
}

TEST_CASE("backward of a tensor that depends on nothing marked is refused",
          "[05.3]") {
  INFO("the usual reasons: set_requires_grad() or enable_autograd() missing");
  CHECK_THROWS_MATCHES(make({1}, {5}).backward(), AutogradError,
                       Mentions({"backward", "set_requires_grad"}));
}
