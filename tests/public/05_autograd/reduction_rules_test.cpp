// 05.7 Rules of reductions.
#include "support/gradients.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::gradient_of;
using test::IsTensor;
using test::make;

namespace {

const std::vector<float> kSix = {1, 5, 3, 4, 2, 6};

}  // namespace

TEST_CASE("every element of a sum gets the gradient", "[05.7]") {
  const Tensor x = make({2, 3}, kSix);
  INFO("one more in any element is one more in the sum");
  CHECK_THAT(gradient_of({"sum", {x}}, make({}, {7})),
             IsTensor({2, 3}, {7, 7, 7, 7, 7, 7}));
}

TEST_CASE("a sum along an axis passes each row's gradient to its row",
          "[05.7]") {
  const Tensor x = make({2, 3}, kSix);
  CHECK_THAT(gradient_of({"sum", {x}, {}, {1, 0}}, make({2}, {1, 10})),
             IsTensor({2, 3}, {1, 1, 1, 10, 10, 10}));
  CHECK_THAT(gradient_of({"sum", {x}, {}, {0, 0}}, make({3}, {1, 2, 3})),
             IsTensor({2, 3}, {1, 2, 3, 1, 2, 3}));
}

TEST_CASE("a mean shares its gradient among the elements", "[05.7]") {
  const Tensor x = make({2, 3}, kSix);
  CHECK_THAT(gradient_of({"mean", {x}}, make({}, {12})),
             IsTensor({2, 3}, {2, 2, 2, 2, 2, 2}));
  INFO("along axis 1 three elements share, not all six");
  CHECK_THAT(gradient_of({"mean", {x}, {}, {1, 0}}, make({2}, {3, 30})),
             IsTensor({2, 3}, {1, 1, 1, 10, 10, 10}));
}

TEST_CASE("only the largest element gets the gradient of max", "[05.7]") {
  const Tensor x = make({2, 3}, kSix);
  INFO("a little more in any other element changes nothing");
  CHECK_THAT(gradient_of({"max", {x}}, make({}, {7})),
             IsTensor({2, 3}, {0, 0, 0, 0, 0, 7}));
  CHECK_THAT(gradient_of({"max", {x}, {}, {1, 0}}, make({2}, {7, 8})),
             IsTensor({2, 3}, {0, 7, 0, 0, 0, 8}));
}

TEST_CASE("only the smallest element gets the gradient of min", "[05.7]") {
  const Tensor x = make({2, 3}, kSix);
  CHECK_THAT(gradient_of({"min", {x}}, make({}, {7})),
             IsTensor({2, 3}, {7, 0, 0, 0, 0, 0}));
  CHECK_THAT(gradient_of({"min", {x}, {}, {0, 0}}, make({3}, {7, 8, 9})),
             IsTensor({2, 3}, {7, 0, 9, 0, 8, 0}));
}

TEST_CASE("equal largest elements share the gradient evenly", "[05.7]") {
  const Tensor x = make({4}, {3, 1, 3, 2});
  CHECK_THAT(gradient_of({"max", {x}}, make({}, {8})),
             IsTensor({4}, {4, 0, 4, 0}));
}
