// 05.11 Rules of losses.
#include "support/gradients.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::gradient_of;
using test::IsTensor;
using test::make;

TEST_CASE("the gradient of cross-entropy is the probability minus the truth",
          "[05.11]") {
  const Tensor logits = make({1, 4}, {0, 0, 0, 0});
  INFO("all four have the probability 1/4, and class 2 is the right one");
  const Tensor target = make({1}, {2});
  CHECK_THAT(
      gradient_of({"cross_entropy", {logits, target}, {}, {}, {true, false}},
                  make({}, {1})),
      IsTensor({1, 4}, {0.25f, 0.25f, -0.75f, 0.25f}, 1e-6f));
}

TEST_CASE("each of two samples has half of the gradient of cross-entropy",
          "[05.11]") {
  const Tensor logits = make({2, 2}, {0, 0, 0, 0});
  const Tensor targets = make({2}, {1, 0});
  CHECK_THAT(
      gradient_of({"cross_entropy", {logits, targets}, {}, {}, {true, false}},
                  make({}, {1})),
      IsTensor({2, 2}, {0.25f, -0.25f, -0.25f, 0.25f}, 1e-6f));
}

TEST_CASE("the gradient of binary cross-entropy pulls towards the label",
          "[05.11]") {
  const Tensor p = make({2}, {0.5f, 0.5f});
  const Tensor y = make({2}, {1, 0});
  INFO("(p - y) / (p (1 - p)) = -2 and 2, each divided by the 2 elements");
  CHECK_THAT(
      gradient_of({"binary_cross_entropy", {p, y}, {}, {}, {true, false}},
                  make({}, {1})),
      IsTensor({2}, {-1, 1}, 1e-6f));
}

TEST_CASE("a certain mistake has a large gradient and not an infinite one",
          "[05.11]") {
  INFO("p (1 - p) counts as at least 1e-12, as in PyTorch");
  const Tensor p = make({1}, {0});
  const Tensor y = make({1}, {1});
  CHECK_THAT(
      gradient_of({"binary_cross_entropy", {p, y}, {}, {}, {true, false}},
                  make({}, {1})),
      IsTensor({1}, {-1e12f}, 1e-5f));
}
