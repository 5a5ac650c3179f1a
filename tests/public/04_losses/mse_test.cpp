// 04.1 Mean squared error.
#include "support/tensors.hpp"
#include "tinytorch/losses.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::make;
using test::Mentions;

namespace {

Tensor last_recorded;

/// Listens to the operations that report themselves, as autograd will.
class Listener {
 public:
  Listener()
      : before_(set_recorder([](const Operation&, const Tensor& output) {
          last_recorded = output;
        })) {}
  ~Listener() { set_recorder(before_); }

 private:
  Recorder before_;
};

}  // namespace

TEST_CASE("the squared errors of three house prices are averaged", "[04.1]") {
  INFO("errors 5, -10, 10; squares 25, 100, 100; mean 225 / 3 = 75");
  const Tensor predictions = make({3}, {200, 250, 300});
  const Tensor targets = make({3}, {195, 260, 290});
  CHECK_THAT(mse_loss(predictions, targets), IsTensor({}, {75}));
}

TEST_CASE("exact predictions cost nothing", "[04.1]") {
  const Tensor x = make({2, 2}, {1, -2, 3, 0});
  CHECK_THAT(mse_loss(x, x), IsTensor({}, {0}));
}

TEST_CASE("an error above and an error below do not cancel", "[04.1]") {
  INFO(
      "errors 3 and -3; squares 9 and 9; mean 9, although the errors add to 0");
  const Tensor predictions = make({2}, {3, -3});
  CHECK_THAT(mse_loss(predictions, make({2}, {0, 0})), IsTensor({}, {9}));
}

TEST_CASE("an error ten times larger costs a hundred times more", "[04.1]") {
  INFO("this is why one wild label can dominate the mean squared error");
  const Tensor target = make({1}, {200});
  CHECK_THAT(mse_loss(make({1}, {205}), target), IsTensor({}, {25}));
  CHECK_THAT(mse_loss(make({1}, {250}), target), IsTensor({}, {2500}));
}

TEST_CASE("the mean squared error of a table is one scalar", "[04.1]") {
  INFO("the mean runs over all 2 * 3 elements: (1 + 4 + 9 + 0 + 1 + 9) / 6");
  const Tensor predictions = make({2, 3}, {1, 2, 3, 4, 5, 6});
  const Tensor targets = make({2, 3}, {0, 0, 0, 4, 4, 3});
  CHECK_THAT(mse_loss(predictions, targets), IsTensor({}, {4}));
}

TEST_CASE("the mean squared error refuses a column against a row", "[04.1]") {
  INFO("(3, 1) - (3,) would broadcast to (3, 3): nine wrong differences");
  const Tensor column = make({3, 1}, {1, 2, 3});
  const Tensor row = make({3}, {1, 2, 3});
  CHECK_THROWS_AS(mse_loss(column, row), ShapeError);
  INFO("the message names the operation and both shapes");
  CHECK_THROWS_MATCHES(mse_loss(column, row), ShapeError,
                       Mentions({"mse_loss", "(3, 1)", "(3,)"}));
}

TEST_CASE("the mean squared error is made of tensor operations", "[04.1]") {
  INFO("-, * and mean() report themselves, and autograd (module 05) will");
  INFO("follow them. A loop over the raw numbers is invisible to it.");
  const Listener listener;
  const Tensor loss = mse_loss(make({2}, {3, 1}), make({2}, {1, 1}));
  INFO("the loss itself must be the result of the last operation reported");
  CHECK(loss.storage() == last_recorded.storage());
  CHECK_THAT(last_recorded, IsTensor({}, {2}));
}
