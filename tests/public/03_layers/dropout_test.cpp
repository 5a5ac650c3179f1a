#include <cmath>
#include <vector>

#include "support/catch.hpp"
#include "support/tensors.hpp"
#include "tinytorch/layers.hpp"

using test::IsTensor;
using test::make;
using test::values;
using tinytorch::Dropout;
using tinytorch::Generator;
using tinytorch::Tensor;

TEST_CASE("Dropout keeps the elements whose draw is at least p", "[03.4]") {
  Generator generator(0);
  Dropout dropout(0.5f, generator);
  INFO(
      "the draws of Generator(0) are 0.60, 0.75, 0.10, 0.42: keep, keep, "
      "drop, drop; what is kept counts double");
  CHECK_THAT(dropout.forward(make({4}, {1, 2, 3, 4}), true),
             IsTensor({4}, {2, 4, 0, 0}));
}

TEST_CASE("Dropout multiplies what it keeps by 1 over 1 minus p", "[03.4]") {
  Generator generator(3);
  Dropout dropout(0.75f, generator);
  const Tensor y =
      dropout.forward(make({1000}, std::vector<float>(1000, 1.0f)), true);
  INFO("1 / (1 - 0.75) = 4: every element is 0 or exactly 4");
  int kept = 0;
  for (const float value : values(y)) {
    if (value != 0.0f) {
      CHECK(value == 4.0f);
      ++kept;
    }
  }
  CHECK(kept > 0);
  CHECK(kept < 1000);
}

TEST_CASE("Dropout keeps the expected value of its input", "[03.4]") {
  // n = 100,000 elements, each kept with probability q = 0.7: the share kept
  // has the standard deviation sqrt(0.7 * 0.3 / n) = 0.00145. The bounds are 5
  // of these; the mean of the output is the share divided by 0.7.
  Generator generator(4);
  Dropout dropout(0.3f, generator);
  const Tensor y =
      dropout.forward(make({100000}, std::vector<float>(100000, 1.0f)), true);
  double sum = 0;
  int kept = 0;
  for (const float value : values(y)) {
    sum += static_cast<double>(value);
    kept += value != 0.0f;
  }
  CHECK(std::fabs(kept / 1e5 - 0.7) < 0.00725);
  CHECK(std::fabs(sum / 1e5 - 1.0) < 0.0104);
}

TEST_CASE("Dropout in evaluation returns its input itself", "[03.4]") {
  Generator generator(5);
  Dropout dropout(0.5f, generator);
  const Tensor x = make({3}, {1, 2, 3});
  const Tensor y = dropout.forward(x, false);
  CHECK_THAT(y, IsTensor({3}, {1, 2, 3}));
  INFO("no element changes, so no memory is needed and no number drawn");
  CHECK(y.storage() == x.storage());
  CHECK(generator.state() == Generator(5).state());
}

TEST_CASE("Dropout follows the mode of the layer", "[03.4]") {
  Generator generator(0);
  Dropout dropout(0.5f, generator);
  const Tensor x = make({4}, {1, 2, 3, 4});
  INFO("a layer starts in training");
  CHECK_THAT(dropout(x), IsTensor({4}, {2, 4, 0, 0}));
  dropout.eval();
  CHECK_THAT(dropout(x), IsTensor({4}, {1, 2, 3, 4}));
}

TEST_CASE("Dropout with p of 1 gives zeros", "[03.4]") {
  Generator generator(6);
  Dropout dropout(1.0f, generator);
  INFO("1 / (1 - 1) is infinite, and 0 times infinity is NaN: beware");
  CHECK_THAT(dropout.forward(make({2, 2}, {1, -2, 3, 4}), true),
             IsTensor({2, 2}, {0, 0, 0, 0}));
}
