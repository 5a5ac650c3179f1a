// 05.8 Rules of views.
#include "support/gradients.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::gradient_of;
using test::IsTensor;
using test::make;

namespace {

const std::vector<float> kSix = {1, 2, 3, 4, 5, 6};

}  // namespace

TEST_CASE("reshape passes the gradient back in the old shape", "[05.8]") {
  const Tensor x = make({2, 3}, kSix);
  CHECK_THAT(gradient_of({"reshape", {x}}, make({3, 2}, kSix)),
             IsTensor({2, 3}, kSix));
}

TEST_CASE("transpose passes the gradient back transposed", "[05.8]") {
  const Tensor x = make({2, 3}, kSix);
  CHECK_THAT(gradient_of({"transpose", {x}, {}, {0, 1}}, make({3, 2}, kSix)),
             IsTensor({2, 3}, {1, 3, 5, 2, 4, 6}));
}

TEST_CASE("permute passes the gradient back by the inverse order", "[05.8]") {
  INFO("y = permute(x, {1, 2, 0}) has the shape (2, 3, 1): dimension 0 of y");
  INFO("is dimension 1 of x, so that the gradient goes back by {2, 0, 1}");
  const Tensor x = make({1, 2, 3}, kSix);
  CHECK_THAT(gradient_of({"permute", {x}, {}, {1, 2, 0}},
                         make({2, 3, 1}, {10, 20, 30, 40, 50, 60})),
             IsTensor({1, 2, 3}, {10, 20, 30, 40, 50, 60}));
}

TEST_CASE("what a slice left out has gradient 0", "[05.8]") {
  const Tensor x = make({5}, {1, 2, 3, 4, 5});
  CHECK_THAT(gradient_of({"slice", {x}, {}, {0, 1, 3, 1}}, make({2}, {7, 8})),
             IsTensor({5}, {0, 7, 8, 0, 0}));
  INFO("x[::2] takes the elements 0, 2 and 4");
  CHECK_THAT(gradient_of({"slice", {x}, {}, {0, 0, Tensor::kEnd, 2}},
                         make({3}, {7, 8, 9})),
             IsTensor({5}, {7, 0, 8, 0, 9}));
}

TEST_CASE("a slice of columns goes back to its columns", "[05.8]") {
  const Tensor x = make({2, 3}, kSix);
  CHECK_THAT(
      gradient_of({"slice", {x}, {}, {1, 1, 2, 1}}, make({2, 1}, {7, 8})),
      IsTensor({2, 3}, {0, 7, 0, 0, 8, 0}));
}

TEST_CASE("broadcast_to adds up what it repeated", "[05.8]") {
  const Tensor x = make({3}, {1, 2, 3});
  CHECK_THAT(
      gradient_of({"broadcast_to", {x}}, make({2, 3}, {1, 2, 3, 10, 20, 30})),
      IsTensor({3}, {11, 22, 33}));
}

TEST_CASE("clone passes the gradient on", "[05.8]") {
  const Tensor x = make({2}, {1, 2});
  CHECK_THAT(gradient_of({"clone", {x}}, make({2}, {7, 8})),
             IsTensor({2}, {7, 8}));
}
