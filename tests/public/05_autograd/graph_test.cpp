// 05.1 Saved values, 05.2 Recording.
#include "support/gradients.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::Engine;
using test::IsTensor;
using test::leaf;
using test::make;
using test::Mentions;

TEST_CASE("a saved value can be read again", "[05.1]") {
  const Tensor x = make({2, 2}, {1, 2, 3, 4});
  const SavedTensor saved(x);
  CHECK_THAT(saved.get("multiply"), IsTensor({2, 2}, {1, 2, 3, 4}));
}

TEST_CASE("a saved value that was overwritten is refused", "[05.1]") {
  INFO("the gradient needs the old value, and it is gone: better an error");
  INFO("than a wrong gradient. The message names operation and shape");
  Tensor x = make({2, 3}, {1, 2, 3, 4, 5, 6});
  const SavedTensor saved(x);
  x.mutable_data()[0] = 7;
  CHECK_THROWS_MATCHES(saved.get("multiply"), AutogradError,
                       Mentions({"multiply", "(2, 3)", "in place"}));
}

TEST_CASE("a value that was overwritten before it was saved is fine",
          "[05.1]") {
  Tensor x = make({2}, {1, 2});
  x.mutable_data()[0] = 7;
  const SavedTensor saved(x);
  CHECK_THAT(saved.get("multiply"), IsTensor({2}, {7, 2}));
}

TEST_CASE("the result of an operation remembers where it came from", "[05.2]") {
  const Engine engine;
  const Tensor x = leaf({2}, {1, 2});
  const Tensor y = test::twice(x);
  INFO("y = 2 x, and x requires a gradient: so does y, and its node leads");
  INFO("to the node of x");
  REQUIRE(y.requires_grad());
  CHECK(y.node()->name() == "test_twice");
  REQUIRE(y.node()->parents.size() == 1);
  CHECK(y.node()->parents[0] == x.node());
}

TEST_CASE("an input that needs no gradient has no node in the graph",
          "[05.2]") {
  const Engine engine;
  const Tensor x = make({2}, {1, 2});
  const Tensor w = leaf({2}, {3, 4});
  const Tensor y = test::plus(x, w);
  INFO("x is data, w is learned: parents are null and the node of w");
  REQUIRE(y.requires_grad());
  REQUIRE(y.node()->parents.size() == 2);
  CHECK(y.node()->parents[0] == nullptr);
  CHECK(y.node()->parents[1] == w.node());
}

TEST_CASE("where nothing requires a gradient nothing is recorded", "[05.2]") {
  const Engine engine;
  const Tensor y = test::twice(make({2}, {1, 2}));
  CHECK_FALSE(y.requires_grad());
  CHECK(y.node() == nullptr);
  INFO("otherwise predictions would pile up graphs in memory");
  CHECK_FALSE(test::plus(y, y).requires_grad());
}

TEST_CASE("under a NoGradGuard nothing is recorded", "[05.2]") {
  const Engine engine;
  const Tensor x = leaf({2}, {1, 2});
  CHECK(grad_enabled());
  {
    const NoGradGuard guard;
    CHECK_FALSE(grad_enabled());
    CHECK_FALSE(test::twice(x).requires_grad());
  }
  INFO("recording is on again after the guard");
  CHECK(grad_enabled());
  CHECK(test::twice(x).requires_grad());
}
