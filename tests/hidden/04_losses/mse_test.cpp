// 04.1 Mean squared error: what a plausible mistake would get wrong.
#include "support/tensors.hpp"
#include "tinytorch/losses.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::kInf;
using test::kNaN;
using test::make;
using test::Mentions;
using test::scattered;

TEST_CASE("the mean squared error divides by all elements", "[04.1][hidden]") {
  // Errors 1..6: 91 / 6. Dividing by 2 rows would give 45.5, by 3 columns 30.3.
  const Tensor predictions = make({2, 3}, {1, 2, 3, 4, 5, 6});
  CHECK_THAT(mse_loss(predictions, make({2, 3}, {0, 0, 0, 0, 0, 0})),
             IsTensor({}, {91.0f / 6.0f}, 1e-6f));
}

TEST_CASE("the mean squared error pairs elements by index and not by memory",
          "[04.1][hidden]") {
  // From PyTorch: mse_loss gives 2.9583333.
  const std::vector<float> p = {1.5f, -2, 0, 4, 2.5f, -1};
  const std::vector<float> y = {1, 1, 0.5f, 2, 3, -3};
  const IsTensor expected({}, {2.9583333f}, 1e-6f);
  CHECK_THAT(mse_loss(scattered({2, 3}, p), make({2, 3}, y)), expected);
  CHECK_THAT(mse_loss(make({2, 3}, p), scattered({2, 3}, y)), expected);
}

TEST_CASE("shapes that would broadcast are refused by the mean squared error",
          "[04.1][hidden]") {
  const Tensor three = make({3}, {1, 2, 3});
  CHECK_THROWS_MATCHES(mse_loss(three, make({}, {1})), ShapeError,
                       Mentions({"mse_loss", "(3,)", "()"}));
  CHECK_THROWS_MATCHES(mse_loss(make({1}, {1}), three), ShapeError,
                       Mentions({"mse_loss", "(1,)", "(3,)"}));
  CHECK_THROWS_AS(mse_loss(three, make({1, 3}, {1, 2, 3})), ShapeError);
}

TEST_CASE("as many elements in another shape are refused as well",
          "[04.1][hidden]") {
  const Tensor wide = make({2, 3}, {1, 2, 3, 4, 5, 6});
  const Tensor tall = make({3, 2}, {1, 2, 3, 4, 5, 6});
  CHECK_THROWS_MATCHES(mse_loss(wide, tall), ShapeError,
                       Mentions({"mse_loss", "(2, 3)", "(3, 2)"}));
}

TEST_CASE("the mean squared error over nothing is NaN", "[04.1][hidden]") {
  CHECK_THAT(mse_loss(make({0, 3}, {}), make({0, 3}, {})),
             IsTensor({}, {kNaN}));
}

TEST_CASE("infinity and NaN show in the mean squared error", "[04.1][hidden]") {
  const Tensor zeros = make({2}, {0, 0});
  CHECK_THAT(mse_loss(make({2}, {-kInf, 1}), zeros), IsTensor({}, {kInf}));
  CHECK_THAT(mse_loss(make({2}, {kNaN, 1}), zeros), IsTensor({}, {kNaN}));
}

TEST_CASE("the mean squared error of two scalars works", "[04.1][hidden]") {
  CHECK_THAT(mse_loss(make({}, {5}), make({}, {2})), IsTensor({}, {9}));
}

TEST_CASE("the mean squared error leaves its inputs alone", "[04.1][hidden]") {
  const Tensor predictions = make({2}, {4, 2});
  const Tensor targets = make({2}, {1, 1});
  CHECK_THAT(MSELoss()(predictions, targets), IsTensor({}, {5}));
  CHECK_THAT(predictions, IsTensor({2}, {4, 2}));
  CHECK_THAT(targets, IsTensor({2}, {1, 1}));
}
