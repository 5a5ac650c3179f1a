// ReLU, sigmoid, tanh and GELU: one number in, one number out. Values that are
// not worked out by hand are PyTorch's, computed in float64.
#include "support/tensors.hpp"
#include "tinytorch/activations.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::make;

TEST_CASE("ReLU sets negative numbers to zero and keeps the others", "[02.1]") {
  INFO("relu(x) is the larger of 0 and x: -1 becomes 0, the rest stays");
  CHECK_THAT(relu(make({1, 4}, {-1, 0, 1, 2})), IsTensor({1, 4}, {0, 0, 1, 2}));
}

TEST_CASE("ReLU keeps the shape and does not touch its input", "[02.1]") {
  const Tensor x = make({2, 3}, {-3, 2, -1, 4, -5, 6});
  INFO("the result is a new tensor; the input may still be needed");
  CHECK_THAT(relu(x), IsTensor({2, 3}, {0, 2, 0, 4, 0, 6}));
  CHECK_THAT(x, IsTensor({2, 3}, {-3, 2, -1, 4, -5, 6}));
}

TEST_CASE("The ReLU layer gives what the function gives", "[02.1]") {
  ReLU layer;
  INFO("a layer is called like a function, and ReLU has nothing to learn");
  CHECK_THAT(layer(make({2}, {-4, 4})), IsTensor({2}, {0, 4}));
  CHECK(layer.parameters().empty());
}

TEST_CASE("Sigmoid turns any number into a probability", "[02.2]") {
  // 1 / (1 + e^0) = 1 / 2. With e = 2.718282: 1 / (1 + 1 / e) = 0.731059, and
  // 1 / (1 + e) = 0.268941. With e^2 = 7.389056: 0.880797 and 0.119203.
  INFO("sigmoid(x) = 1 / (1 + exp(-x)), element by element");
  CHECK_THAT(
      sigmoid(make({5}, {-2, -1, 0, 1, 2})),
      IsTensor({5},
               {0.119202922f, 0.268941421f, 0.5f, 0.731058579f, 0.880797078f},
               1e-6f));
}

TEST_CASE("Sigmoid of large numbers is one or zero and never NaN", "[02.2]") {
  INFO("exp(1000) is infinity in float: the formula must not divide by it");
  CHECK_THAT(sigmoid(make({2, 2}, {100, -1000, 1000, 0})),
             IsTensor({2, 2}, {1, 0, 1, 0.5f}, 1e-6f));
}

TEST_CASE("The Sigmoid layer gives what the function gives", "[02.2]") {
  Sigmoid layer;
  CHECK_THAT(layer(make({1, 1}, {1})), IsTensor({1, 1}, {0.731058579f}, 1e-6f));
}

TEST_CASE("Tanh squashes numbers into minus one to one", "[02.3]") {
  // (e - 1/e) / (e + 1/e) = 2.350402 / 3.086161 = 0.761594
  INFO("tanh is centred at 0: tanh(-x) = -tanh(x)");
  CHECK_THAT(
      tinytorch::tanh(make({5}, {-2, -1, 0, 1, 2})),
      IsTensor({5},
               {-0.964027580f, -0.761594156f, 0.0f, 0.761594156f, 0.964027580f},
               1e-6f));
}

TEST_CASE("Tanh of large numbers is plus or minus one and never NaN",
          "[02.3]") {
  INFO(
      "exp(1000) / exp(1000) would be NaN: use a formula that cannot overflow");
  CHECK_THAT(tinytorch::tanh(make({4}, {1000, -1000, 50, -50})),
             IsTensor({4}, {1, -1, 1, -1}, 1e-6f));
}

TEST_CASE("The Tanh layer gives what the function gives", "[02.3]") {
  Tanh layer;
  CHECK_THAT(layer(make({1, 2}, {0, 1})),
             IsTensor({1, 2}, {0, 0.761594156f}, 1e-6f));
}

TEST_CASE("GELU bends smoothly where ReLU has a corner", "[02.4]") {
  // For x = 1: sqrt(2 / pi) (1 + 0.044715) = 0.797885 * 1.044715 = 0.833562;
  // tanh of it is 0.682384; 0.5 * 1 * 1.682384 = 0.841192.
  INFO("small negative numbers come through a little: gelu(-1) = -0.1588");
  CHECK_THAT(
      gelu(make({5}, {-2, -1, 0, 1, 2})),
      IsTensor({5},
               {-0.0454023059f, -0.158808009f, 0.0f, 0.841191991f, 1.95459769f},
               1e-6f, 1e-6f));
}

TEST_CASE("GELU of x minus GELU of minus x is x", "[02.4]") {
  // Because tanh is odd, the two halves 0.5 x (1 + t) and -0.5 x (1 - t)
  // differ by exactly x.
  const Tensor plus = gelu(make({3}, {0.25f, 1.5f, 4}));
  const Tensor minus = gelu(make({3}, {-0.25f, -1.5f, -4}));
  const std::vector<float> x{0.25f, 1.5f, 4};
  for (std::size_t i = 0; i < x.size(); ++i) {
    INFO("x = " << x[i]);
    CHECK(plus.data()[i] - minus.data()[i] == Approx(x[i]).epsilon(1e-6));
  }
}

TEST_CASE("The GELU layer gives what the function gives", "[02.4]") {
  GELU layer;
  INFO("far from 0, GELU is ReLU");
  CHECK_THAT(layer(make({1, 2}, {-20, 20})),
             IsTensor({1, 2}, {0, 20}, 1e-6f, 1e-6f));
}
