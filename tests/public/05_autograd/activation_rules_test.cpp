// 05.9 Rules of activations, 05.10 Rules of softmax.
#include "support/gradients.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::gradient_of;
using test::IsTensor;
using test::make;

TEST_CASE("relu passes the gradient on where it passed the value on",
          "[05.9]") {
  const Tensor x = make({4}, {-2, -0.5f, 0.5f, 2});
  const Tensor y = make({4}, {0, 0, 0.5f, 2});
  CHECK_THAT(gradient_of({"relu", {x}, y}, make({4}, {1, 2, 3, 4})),
             IsTensor({4}, {0, 0, 3, 4}));
}

TEST_CASE("relu passes nothing on at 0", "[05.9]") {
  INFO("there it has no derivative; as in PyTorch, 0 is chosen");
  const Tensor zero = make({1}, {0});
  CHECK_THAT(gradient_of({"relu", {zero}, zero}, make({1}, {5})),
             IsTensor({1}, {0}));
}

TEST_CASE("the slope of sigmoid is y times 1 minus y", "[05.9]") {
  const Tensor x = make({3}, {-2, 0, 1});
  const Tensor y = make({3}, {0.11920292f, 0.5f, 0.73105858f});
  INFO("1/4 in the middle, less and less outside; values from PyTorch");
  CHECK_THAT(gradient_of({"sigmoid", {x}, y}, make({3}, {1, 2, -1})),
             IsTensor({3}, {0.10499359f, 0.5f, -0.19661193f}, 1e-5f));
}

TEST_CASE("the slope of tanh is 1 minus y squared", "[05.9]") {
  const Tensor x = make({3}, {-2, 0, 1});
  const Tensor y = make({3}, {-0.96402758f, 0, 0.76159416f});
  CHECK_THAT(gradient_of({"tanh", {x}, y}, make({3}, {1, 2, -1})),
             IsTensor({3}, {0.070650825f, 2, -0.41997434f}, 1e-5f));
}

TEST_CASE("the slope of gelu goes from 0 to 1 and a little beyond", "[05.9]") {
  // Values from PyTorch.
  const Tensor x = make({5}, {-3, -0.5f, 0, 1, 6});
  INFO("1/2 at 0; below -0.75 the curve falls, so that the slope is negative");
  CHECK_THAT(
      gradient_of({"gelu", {x}, x}, make({5}, {1, 1, 1, 1, 2})),
      IsTensor({5}, {-0.011584167f, 0.1326301f, 0.5f, 1.0829641f, 2}, 1e-4f));
}

TEST_CASE("a probability that rises takes from the others", "[05.10]") {
  // Values from PyTorch: softmax(1, 2, 3) = y.
  const Tensor x = make({3}, {1, 2, 3});
  const Tensor y = make({3}, {0.090030573f, 0.24472847f, 0.66524096f});
  INFO("only the first probability is wanted larger: its own score should");
  INFO("rise, by y (1 - y), and the others fall, by y times theirs");
  CHECK_THAT(
      gradient_of({"softmax", {x}, y, {-1}}, make({3}, {1, 0, 0})),
      IsTensor({3}, {0.081925069f, -0.022033045f, -0.059892025f}, 1e-5f));
}

TEST_CASE("a gradient equal for all probabilities changes nothing", "[05.10]") {
  INFO("they add up to 1 whatever happens, so that all of them cannot rise");
  const Tensor x = make({4}, {0, 0, 0, 0});
  const Tensor y = make({4}, {0.25f, 0.25f, 0.25f, 0.25f});
  CHECK_THAT(gradient_of({"softmax", {x}, y, {0}}, make({4}, {2, 2, 2, 2})),
             IsTensor({4}, {0, 0, 0, 0}, 0, 1e-6f));
}

TEST_CASE("the gradient of log-softmax is g minus the probabilities",
          "[05.10]") {
  const Tensor x = make({3}, {1, 2, 3});
  const Tensor y = make({3}, {-2.407606f, -1.407606f, -0.40760596f});
  INFO("times the sum of g, which is 1 here; values from PyTorch");
  CHECK_THAT(gradient_of({"log_softmax", {x}, y, {-1}}, make({3}, {1, 0, 0})),
             IsTensor({3}, {0.90996943f, -0.24472847f, -0.66524096f}, 1e-5f));
}
