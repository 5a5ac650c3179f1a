// 06.1 Zeroing gradients: what a plausible mistake would get wrong.
#include "support/parameters.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::make;
using test::parameter;

TEST_CASE("zero_grad of an optimizer passes over parameters without a gradient",
          "[06.1][hidden]") {
  const Tensor first = parameter({1}, {1});
  const Tensor second = parameter({1}, {2});
  const Tensor third = parameter({1}, {3});
  SGD optimizer({first, second, third});
  first.set_grad(make({1}, {1}));
  third.set_grad(make({1}, {1}));
  optimizer.zero_grad();
  CHECK_FALSE(first.has_grad());
  CHECK_FALSE(second.has_grad());
  CHECK_FALSE(third.has_grad());
  optimizer.zero_grad();
  CHECK_FALSE(third.has_grad());
}

TEST_CASE("a gradient that was taken out before zero_grad keeps its values",
          "[06.1][hidden]") {
  const Tensor weight = parameter({2}, {1, 2});
  AdamW optimizer({weight});
  weight.set_grad(make({2}, {3, 4}));
  const Tensor gradient = weight.grad();
  optimizer.zero_grad();
  CHECK_THAT(gradient, IsTensor({2}, {3, 4}));
  CHECK_FALSE(weight.has_grad());
}

TEST_CASE("zero_grad of an optimizer touches no other tensor",
          "[06.1][hidden]") {
  const Tensor mine = parameter({1}, {1});
  const Tensor other = parameter({1}, {2});
  SGD optimizer({mine});
  mine.set_grad(make({1}, {1}));
  other.set_grad(make({1}, {7}));
  optimizer.zero_grad();
  REQUIRE(other.has_grad());
  CHECK_THAT(other.grad(), IsTensor({1}, {7}));
}

TEST_CASE("zero_grad of an optimizer reaches scalars and empty parameters",
          "[06.1][hidden]") {
  const Tensor scalar = parameter({}, {1});
  const Tensor empty = parameter({0, 2}, {});
  SGD optimizer({empty, scalar});
  scalar.set_grad(make({}, {1}));
  empty.set_grad(make({0, 2}, {}));
  optimizer.zero_grad();
  CHECK_FALSE(scalar.has_grad());
  CHECK_FALSE(empty.has_grad());
}
