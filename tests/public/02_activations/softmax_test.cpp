// Softmax and log-softmax. Most inputs are logarithms of small whole numbers:
// exp undoes the logarithm, and the result is a fraction known by hand.
#include <cmath>

#include "support/tensors.hpp"
#include "tinytorch/activations.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::make;

namespace {

const float kLog3 = std::log(3.0f);

}  // namespace

TEST_CASE("Softmax turns scores into probabilities that add up to one",
          "[02.5]") {
  // Shifted by the maximum 3: e^-2 + e^-1 + 1 = 0.135335 + 0.367879 + 1 =
  // 1.503215; divided by it: 0.090031, 0.244728, 0.665241.
  const Tensor p = softmax(make({3}, {1, 2, 3}));
  CHECK_THAT(p,
             IsTensor({3}, {0.0900305732f, 0.244728471f, 0.665240956f}, 1e-6f));
  INFO("probabilities add up to 1");
  CHECK(p.data()[0] + p.data()[1] + p.data()[2] == Approx(1.0f).epsilon(1e-6));
}

TEST_CASE("Softmax of scores around a thousand does not overflow", "[02.5]") {
  INFO("only differences count: 1000 1001 1002 gives what 1 2 3 gives");
  CHECK_THAT(softmax(make({3}, {1000, 1001, 1002})),
             IsTensor({3}, {0.0900305732f, 0.244728471f, 0.665240956f}, 1e-6f));
}

TEST_CASE("Softmax works on every row by itself", "[02.5]") {
  INFO("the default is the last dimension: each row adds up to 1");
  CHECK_THAT(softmax(make({2, 2}, {0, kLog3, 5, 5})),
             IsTensor({2, 2}, {0.25f, 0.75f, 0.5f, 0.5f}, 1e-6f));
}

TEST_CASE("Softmax along dimension 0 works on every column", "[02.5]") {
  INFO("column 0 holds 0 and log 3: the probabilities 1/4 and 3/4");
  CHECK_THAT(softmax(make({2, 2}, {0, 5, kLog3, 5}), 0),
             IsTensor({2, 2}, {0.25f, 0.5f, 0.75f, 0.5f}, 1e-6f));
}

TEST_CASE("The Softmax layer remembers its dimension", "[02.5]") {
  Softmax columns(0);
  CHECK_THAT(columns(make({2, 1}, {0, kLog3})),
             IsTensor({2, 1}, {0.25f, 0.75f}, 1e-6f));
}

TEST_CASE("Softmax refuses a dimension that the tensor does not have",
          "[02.5]") {
  const Tensor x = make({2, 3}, {1, 2, 3, 4, 5, 6});
  INFO("a matrix has the dimensions 0 and 1, or -2 and -1 from the end");
  CHECK_THROWS_AS(softmax(x, 2), IndexError);
  CHECK_THROWS_AS(softmax(x, -3), IndexError);
}

TEST_CASE("Log-softmax is the logarithm of softmax", "[02.6]") {
  // log(1/4) = -1.386294 and log(3/4) = -0.287682
  CHECK_THAT(log_softmax(make({2}, {0, kLog3})),
             IsTensor({2}, {-1.38629436f, -0.287682072f}, 1e-6f));
}

TEST_CASE("Log-softmax stays finite where softmax rounds to zero", "[02.6]") {
  INFO("exp(-200) is 0 in float and its logarithm -inf; the answer is -200");
  CHECK_THAT(log_softmax(make({2}, {0, -200})), IsTensor({2}, {0, -200}));
}

TEST_CASE("Log-softmax of scores around a thousand does not overflow",
          "[02.6]") {
  // log(0.0900306) = -2.407606; the neighbours are 1 and 2 larger.
  CHECK_THAT(log_softmax(make({3}, {1000, 1001, 1002})),
             IsTensor({3}, {-2.40760596f, -1.40760596f, -0.407605964f}, 1e-6f));
}

TEST_CASE("Log-softmax along dimension 0 works on every column", "[02.6]") {
  const float half = std::log(0.5f), quarter = std::log(0.25f);
  INFO("column 0: log 1/4 and log 3/4; column 1: log 1/2 twice");
  CHECK_THAT(log_softmax(make({2, 2}, {0, 5, kLog3, 5}), 0),
             IsTensor({2, 2}, {quarter, half, quarter + kLog3, half}, 1e-6f));
}

TEST_CASE("The LogSoftmax layer remembers its dimension", "[02.6]") {
  LogSoftmax columns(0);
  CHECK_THAT(columns(make({2, 1}, {0, kLog3})),
             IsTensor({2, 1}, {-1.38629436f, -0.287682072f}, 1e-6f));
}
