// 04.2 Cross-entropy: what a plausible mistake would get wrong.
#include "support/tensors.hpp"
#include "tinytorch/losses.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::kInf;
using test::kNaN;
using test::make;
using test::Mentions;
using test::scattered;

namespace {

const std::vector<float> kRows = {1, 2, 0.5f, 0, -1, 3, 2, 2, -4};

}  // namespace

TEST_CASE("every sample is scored with its own row and target",
          "[04.2][hidden]") {
  // From PyTorch: the samples cost 0.4644, 3.0659 and 6.6944.
  const Tensor logits = make({3, 3}, kRows);
  CHECK_THAT(cross_entropy_loss(logits, make({3}, {1, 0, 2})),
             IsTensor({}, {3.4082129f}, 1e-5f));
}

TEST_CASE("cross-entropy reads scattered memory by index", "[04.2][hidden]") {
  const IsTensor expected({}, {3.4082129f}, 1e-5f);
  const Tensor targets = make({3}, {1, 0, 2});
  CHECK_THAT(cross_entropy_loss(scattered({3, 3}, kRows), targets), expected);
  CHECK_THAT(cross_entropy_loss(make({3, 3}, kRows), scattered({3}, {1, 0, 2})),
             expected);
}

TEST_CASE("cross-entropy of more classes than samples", "[04.2][hidden]") {
  // One row of 0 0 0 log 5: the last class has 5 of 8 parts.
  const Tensor logits = make({1, 4}, {0, 0, 0, 1.6094379f});
  CHECK_THAT(cross_entropy_loss(logits, make({1}, {3})),
             IsTensor({}, {0.47000363f}, 1e-6f));  // log(8 / 5)
}

TEST_CASE("adding a constant to a row of scores changes nothing",
          "[04.2][hidden]") {
  const Tensor targets = make({1}, {0});
  const IsTensor expected({}, {2.4076059f}, 1e-5f);
  CHECK_THAT(cross_entropy_loss(make({1, 3}, {1001, 1002, 1003}), targets),
             expected);
  CHECK_THAT(cross_entropy_loss(make({1, 3}, {-1001, -1000, -999}), targets),
             expected);
}

TEST_CASE("a class far behind costs its distance and not infinity",
          "[04.2][hidden]") {
  // Its softmax rounds to 0, so a logarithm taken afterwards would be -inf.
  CHECK_THAT(cross_entropy_loss(make({1, 2}, {0, 150}), make({1}, {0})),
             IsTensor({}, {150}, 1e-6f));
}

TEST_CASE("with one class there is nothing to get wrong", "[04.2][hidden]") {
  CHECK_THAT(cross_entropy_loss(make({2, 1}, {7, -3}), make({2}, {0, 0})),
             IsTensor({}, {0}));
}

TEST_CASE("an impossible class costs infinity only where it is the target",
          "[04.2][hidden]") {
  // From PyTorch.
  const Tensor logits = make({1, 3}, {0, -kInf, 1});
  CHECK_THAT(cross_entropy_loss(logits, make({1}, {0})),
             IsTensor({}, {1.3132616f}, 1e-6f));
  CHECK_THAT(cross_entropy_loss(logits, make({1}, {1})), IsTensor({}, {kInf}));
}

TEST_CASE("infinite and NaN scores give NaN in cross-entropy",
          "[04.2][hidden]") {
  const Tensor target = make({1}, {0});
  CHECK_THAT(cross_entropy_loss(make({1, 2}, {0, kInf}), target),
             IsTensor({}, {kNaN}));
  CHECK_THAT(cross_entropy_loss(make({1, 2}, {0, kNaN}), target),
             IsTensor({}, {kNaN}));
}

TEST_CASE("cross-entropy over no samples is NaN", "[04.2][hidden]") {
  CHECK_THAT(cross_entropy_loss(make({0, 3}, {}), make({0}, {})),
             IsTensor({}, {kNaN}));
}

TEST_CASE("negative targets do not count from the end", "[04.2][hidden]") {
  const Tensor logits = make({1, 3}, {1, 2, 3});
  CHECK_THROWS_MATCHES(cross_entropy_loss(logits, make({1}, {-1})), IndexError,
                       Mentions({"cross_entropy_loss", "-1", "3"}));
}

TEST_CASE("a target that is the number of samples is no class",
          "[04.2][hidden]") {
  // Three samples, two classes: the limit is the second extent.
  const Tensor logits = make({3, 2}, {1, 2, 3, 4, 5, 6});
  CHECK_THROWS_MATCHES(cross_entropy_loss(logits, make({3}, {0, 1, 2})),
                       IndexError,
                       Mentions({"cross_entropy_loss", "2 classes"}));
}

TEST_CASE("a target that is not a whole number is refused", "[04.2][hidden]") {
  const Tensor logits = make({2, 3}, {1, 2, 3, 4, 5, 6});
  CHECK_THROWS_MATCHES(cross_entropy_loss(logits, make({2}, {0, 1.5f})),
                       ValueError, Mentions({"cross_entropy_loss", "1.5"}));
  CHECK_THROWS_MATCHES(cross_entropy_loss(logits, make({2}, {0, kNaN})),
                       ValueError, Mentions({"cross_entropy_loss"}));
}

TEST_CASE("an infinite target is no class", "[04.2][hidden]") {
  const Tensor logits = make({1, 3}, {1, 2, 3});
  CHECK_THROWS_AS(cross_entropy_loss(logits, make({1}, {kInf})), IndexError);
  CHECK_THROWS_AS(cross_entropy_loss(logits, make({1}, {-kInf})), IndexError);
}

TEST_CASE("cross-entropy refuses one-hot targets and single rows",
          "[04.2][hidden]") {
  const Tensor logits = make({2, 3}, {1, 2, 3, 4, 5, 6});
  const Tensor one_hot = make({2, 3}, {1, 0, 0, 0, 1, 0});
  CHECK_THROWS_MATCHES(cross_entropy_loss(logits, one_hot), ShapeError,
                       Mentions({"cross_entropy_loss", "(2, 3)"}));
  CHECK_THROWS_AS(cross_entropy_loss(logits, make({2, 1}, {0, 1})), ShapeError);
  CHECK_THROWS_MATCHES(
      cross_entropy_loss(make({3}, {1, 2, 3}), make({3}, {0, 0, 0})),
      ShapeError, Mentions({"cross_entropy_loss", "(3,)"}));
  CHECK_THROWS_AS(
      cross_entropy_loss(make({1, 1, 3}, {1, 2, 3}), make({1}, {0})),
      ShapeError);
  CHECK_THROWS_AS(cross_entropy_loss(make({}, {1}), make({1}, {0})),
                  ShapeError);
}

TEST_CASE("cross-entropy leaves its inputs alone", "[04.2][hidden]") {
  const Tensor logits = make({1, 3}, {1, 2, 3});
  const Tensor targets = make({1}, {2});
  CHECK_THAT(CrossEntropyLoss()(logits, targets),
             IsTensor({}, {0.40760595f}, 1e-6f));
  CHECK_THAT(logits, IsTensor({1, 3}, {1, 2, 3}));
  CHECK_THAT(targets, IsTensor({1}, {2}));
}
