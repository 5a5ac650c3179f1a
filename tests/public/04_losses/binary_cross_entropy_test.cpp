// 04.3 Binary cross-entropy.
#include "support/tensors.hpp"
#include "tinytorch/losses.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::make;
using test::Mentions;

TEST_CASE("an undecided prediction costs log 2", "[04.3]") {
  INFO("p = 0.5 costs -log 0.5 = 0.693147, whichever label is right");
  const Tensor half = make({1}, {0.5f});
  CHECK_THAT(binary_cross_entropy_loss(half, make({1}, {1})),
             IsTensor({}, {0.6931472f}, 1e-6f));
  CHECK_THAT(binary_cross_entropy_loss(half, make({1}, {0})),
             IsTensor({}, {0.6931472f}, 1e-6f));
}

TEST_CASE("a label of 1 looks at p and a label of 0 at 1 - p", "[04.3]") {
  INFO("p = 0.9: -log 0.9 = 0.105361 if right, -log 0.1 = 2.302585 if wrong");
  const Tensor p = make({1}, {0.9f});
  CHECK_THAT(binary_cross_entropy_loss(p, make({1}, {1})),
             IsTensor({}, {0.10536051f}, 1e-5f));
  CHECK_THAT(binary_cross_entropy_loss(p, make({1}, {0})),
             IsTensor({}, {2.3025851f}, 1e-5f));
}

TEST_CASE("binary cross-entropy is the mean over the predictions", "[04.3]") {
  INFO("-(log 0.9 + log 0.8) / 2 = (0.105361 + 0.223144) / 2 = 0.164252");
  const Tensor p = make({2}, {0.9f, 0.2f});
  CHECK_THAT(binary_cross_entropy_loss(p, make({2}, {1, 0})),
             IsTensor({}, {0.16425204f}, 1e-5f));
}

TEST_CASE("certain and right costs nothing", "[04.3]") {
  INFO("0 * log 0 must count as 0, not as NaN");
  const Tensor p = make({2}, {1, 0});
  CHECK_THAT(binary_cross_entropy_loss(p, make({2}, {1, 0})),
             IsTensor({}, {0}));
}

TEST_CASE("certain and wrong costs 100 and not infinity", "[04.3]") {
  INFO("log 0 is -inf; each logarithm is cut off at -100, as in PyTorch");
  const Tensor p = make({2}, {1, 0});
  CHECK_THAT(binary_cross_entropy_loss(p, make({2}, {0, 1})),
             IsTensor({}, {100}));
}

TEST_CASE("scores that are no probabilities are refused", "[04.3]") {
  INFO("2.5 is a raw score: the sigmoid was forgotten");
  CHECK_THROWS_MATCHES(
      binary_cross_entropy_loss(make({1}, {2.5f}), make({1}, {1})), ValueError,
      Mentions({"binary_cross_entropy_loss", "2.5"}));
}

TEST_CASE("labels of another shape are refused", "[04.3]") {
  const Tensor p = make({2, 1}, {0.5f, 0.5f});
  CHECK_THROWS_MATCHES(
      binary_cross_entropy_loss(p, make({2}, {1, 0})), ShapeError,
      Mentions({"binary_cross_entropy_loss", "(2, 1)", "(2,)"}));
}
