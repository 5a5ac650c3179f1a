// 04.2 Cross-entropy.
#include "support/tensors.hpp"
#include "tinytorch/losses.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::make;
using test::Mentions;

TEST_CASE("equal scores for four classes cost log 4", "[04.2]") {
  INFO("each class has the probability 1/4, and -log(1/4) = log 4 = 1.386294");
  const Tensor logits = make({1, 4}, {0, 0, 0, 0});
  CHECK_THAT(cross_entropy_loss(logits, make({1}, {2})),
             IsTensor({}, {1.3862944f}, 1e-6f));
}

TEST_CASE("the target selects the class whose probability counts", "[04.2]") {
  // softmax(1, 2, 3) = (0.0900, 0.2447, 0.6652); values from PyTorch.
  INFO("the same scores, another target: -log 0.0900 and -log 0.6652");
  const Tensor logits = make({1, 3}, {1, 2, 3});
  CHECK_THAT(cross_entropy_loss(logits, make({1}, {0})),
             IsTensor({}, {2.4076059f}, 1e-6f));
  CHECK_THAT(cross_entropy_loss(logits, make({1}, {2})),
             IsTensor({}, {0.40760595f}, 1e-6f));
}

TEST_CASE("cross-entropy is the mean over the samples", "[04.2]") {
  // From PyTorch: the samples cost 0.3168 and 0.3542.
  INFO("(0.3168 + 0.3542) / 2, divided by the 2 samples and not by the 6");
  INFO("scores");
  const Tensor logits = make({2, 3}, {2.0f, 0.5f, 0.1f, 0.3f, 1.8f, 0.2f});
  CHECK_THAT(cross_entropy_loss(logits, make({2}, {0, 1})),
             IsTensor({}, {0.33548468f}, 1e-5f));
}

TEST_CASE("a confident mistake costs far more than a confident hit", "[04.2]") {
  INFO("the logits are log 0.99 and log 0.01, so softmax gives 0.99 and 0.01");
  const Tensor logits = make({1, 2}, {-0.01005034f, -4.6051702f});
  CHECK_THAT(cross_entropy_loss(logits, make({1}, {0})),
             IsTensor({}, {0.01005034f}, 1e-4f));
  CHECK_THAT(cross_entropy_loss(logits, make({1}, {1})),
             IsTensor({}, {4.6051702f}, 1e-6f));
}

TEST_CASE("scores of several hundred overflow nothing", "[04.2]") {
  INFO("exp(300) is infinite in float32; log_softmax never computes it.");
  INFO("log_softmax(100, 200, 300) = (-200, -100, 0)");
  const Tensor logits = make({1, 3}, {100, 200, 300});
  CHECK_THAT(cross_entropy_loss(logits, make({1}, {0})),
             IsTensor({}, {200}, 1e-6f));
  CHECK_THAT(cross_entropy_loss(logits, make({1}, {2})), IsTensor({}, {0}));
}

TEST_CASE("a target beyond the last class is refused", "[04.2]") {
  const Tensor logits = make({1, 3}, {1, 2, 3});
  INFO("three classes are 0, 1 and 2; the message names target and logits");
  CHECK_THROWS_MATCHES(cross_entropy_loss(logits, make({1}, {5})), IndexError,
                       Mentions({"cross_entropy_loss", "5", "3"}));
  CHECK_THROWS_AS(cross_entropy_loss(logits, make({1}, {3})), IndexError);
}

TEST_CASE("two samples with three targets are refused", "[04.2]") {
  const Tensor logits = make({2, 3}, {1, 2, 3, 4, 5, 6});
  CHECK_THROWS_MATCHES(cross_entropy_loss(logits, make({3}, {0, 1, 2})),
                       ShapeError,
                       Mentions({"cross_entropy_loss", "(2, 3)", "(3,)"}));
}
