// 04.3 Binary cross-entropy: what a plausible mistake would get wrong.
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

const std::vector<float> kP = {0.9f, 0.2f, 0.7f, 0.4f, 0.5f, 0.1f};
const std::vector<float> kY = {1, 0, 0, 1, 1, 0};

}  // namespace

TEST_CASE("binary cross-entropy of a table divides by all elements",
          "[04.3][hidden]") {
  // From PyTorch: 0.1054 0.2231 1.2040 0.9163 0.6931 0.1054, mean 0.5412.
  CHECK_THAT(binary_cross_entropy_loss(make({2, 3}, kP), make({2, 3}, kY)),
             IsTensor({}, {0.54121256f}, 1e-5f));
}

TEST_CASE("binary cross-entropy reads scattered memory by index",
          "[04.3][hidden]") {
  const IsTensor expected({}, {0.54121256f}, 1e-5f);
  CHECK_THAT(binary_cross_entropy_loss(scattered({2, 3}, kP), make({2, 3}, kY)),
             expected);
  CHECK_THAT(binary_cross_entropy_loss(make({2, 3}, kP), scattered({2, 3}, kY)),
             expected);
}

TEST_CASE("labels between 0 and 1 weigh both logarithms", "[04.3][hidden]") {
  // -(0.3 log 0.3 + 0.7 log 0.7) = 0.610864; confirmed with PyTorch.
  const Tensor p = make({1}, {0.3f});
  CHECK_THAT(binary_cross_entropy_loss(p, make({1}, {0.3f})),
             IsTensor({}, {0.61086434f}, 1e-6f));
}

TEST_CASE("a probability of 1e-30 is not rounded up to 1e-7",
          "[04.3][hidden]") {
  // -log(1e-30) = 69.0776, as PyTorch; clamping p at 1e-7 would say 16.118.
  CHECK_THAT(binary_cross_entropy_loss(make({1}, {1e-30f}), make({1}, {1})),
             IsTensor({}, {69.077553f}, 1e-6f));
}

TEST_CASE("a tiny probability of the wrong label still costs something",
          "[04.3][hidden]") {
  // -log(1 - p) is p for small p, but 1 - 1e-8 rounds to 1 in float32.
  CHECK_THAT(binary_cross_entropy_loss(make({1}, {1e-8f}), make({1}, {0})),
             IsTensor({}, {1e-8f}, 1e-5f));
}

TEST_CASE("a logarithm below -100 counts as -100", "[04.3][hidden]") {
  // log(1e-44) = -101.3 for this denormal number.
  CHECK_THAT(binary_cross_entropy_loss(make({1}, {1e-44f}), make({1}, {1})),
             IsTensor({}, {100}));
}

TEST_CASE("one certain mistake among hits does not spoil the mean",
          "[04.3][hidden]") {
  // (100 + 0 + 0 + 0) / 4; an infinite logarithm would make it inf or NaN.
  CHECK_THAT(binary_cross_entropy_loss(make({4}, {0, 0, 1, 1}),
                                       make({4}, {1, 0, 1, 1})),
             IsTensor({}, {25}));
}

TEST_CASE("every prediction must be a probability", "[04.3][hidden]") {
  const Tensor y = make({2}, {1, 0});
  CHECK_THROWS_MATCHES(binary_cross_entropy_loss(make({2}, {0.5f, -0.25f}), y),
                       ValueError,
                       Mentions({"binary_cross_entropy_loss", "-0.25"}));
  CHECK_THROWS_AS(binary_cross_entropy_loss(make({2}, {1.25f, 0.5f}), y),
                  ValueError);
  CHECK_THROWS_AS(binary_cross_entropy_loss(make({2}, {0.5f, kNaN}), y),
                  ValueError);
  CHECK_THROWS_AS(binary_cross_entropy_loss(make({2}, {0.5f, kInf}), y),
                  ValueError);
}

TEST_CASE("every label must lie between 0 and 1", "[04.3][hidden]") {
  const Tensor p = make({2}, {0.5f, 0.5f});
  CHECK_THROWS_MATCHES(binary_cross_entropy_loss(p, make({2}, {1, 2})),
                       ValueError,
                       Mentions({"binary_cross_entropy_loss", "2"}));
  CHECK_THROWS_AS(binary_cross_entropy_loss(p, make({2}, {-1, 0})), ValueError);
  CHECK_THROWS_AS(binary_cross_entropy_loss(p, make({2}, {1, kNaN})),
                  ValueError);
}

TEST_CASE("labels that would broadcast are refused", "[04.3][hidden]") {
  const Tensor p = make({2, 3}, kP);
  CHECK_THROWS_MATCHES(
      binary_cross_entropy_loss(p, make({3}, {1, 0, 1})), ShapeError,
      Mentions({"binary_cross_entropy_loss", "(2, 3)", "(3,)"}));
  CHECK_THROWS_AS(binary_cross_entropy_loss(p, make({3, 2}, kY)), ShapeError);
  CHECK_THROWS_AS(binary_cross_entropy_loss(p, make({}, {1})), ShapeError);
}

TEST_CASE("binary cross-entropy over nothing is NaN", "[04.3][hidden]") {
  CHECK_THAT(binary_cross_entropy_loss(make({0}, {}), make({0}, {})),
             IsTensor({}, {kNaN}));
}

TEST_CASE("binary cross-entropy of a scalar works", "[04.3][hidden]") {
  CHECK_THAT(binary_cross_entropy_loss(make({}, {0.5f}), make({}, {1})),
             IsTensor({}, {0.6931472f}, 1e-6f));
}

TEST_CASE("binary cross-entropy leaves its inputs alone", "[04.3][hidden]") {
  const Tensor p = make({2}, {0, 1});
  const Tensor y = make({2}, {1, 1});
  CHECK_THAT(BinaryCrossEntropyLoss()(p, y), IsTensor({}, {50}));
  CHECK_THAT(p, IsTensor({2}, {0, 1}));
  CHECK_THAT(y, IsTensor({2}, {1, 1}));
}
