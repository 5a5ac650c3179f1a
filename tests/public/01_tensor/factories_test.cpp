// Tensors out of nothing: constants, ranges, random numbers.
#include "support/tensors.hpp"

using test::IsTensor;
using test::values;
using tinytorch::Generator;
using tinytorch::Shape;
using tinytorch::Tensor;
using tinytorch::ValueError;

TEST_CASE("zeros and ones and full fill every element", "[01.4]") {
  CHECK_THAT(Tensor::zeros({2, 3}), IsTensor({2, 3}, {0, 0, 0, 0, 0, 0}));
  CHECK_THAT(Tensor::ones({3}), IsTensor({3}, {1, 1, 1}));
  CHECK_THAT(Tensor::full({2, 2}, 2.5f),
             IsTensor({2, 2}, {2.5f, 2.5f, 2.5f, 2.5f}));
  INFO("Shape () is a scalar with one element to fill.");
  CHECK_THAT(Tensor::full({}, 7.0f), IsTensor({}, {7}));
}

TEST_CASE("arange counts from start up to but excluding stop", "[01.4]") {
  CHECK_THAT(Tensor::arange(0, 5), IsTensor({5}, {0, 1, 2, 3, 4}));
  INFO("ceil((2 - 1) / 0.25) = 4 elements; 2 itself is excluded.");
  CHECK_THAT(Tensor::arange(1, 2, 0.25f),
             IsTensor({4}, {1.0f, 1.25f, 1.5f, 1.75f}));
  INFO("ceil((7 - 0) / 3) = 3 elements: the last step may be a short one.");
  CHECK_THAT(Tensor::arange(0, 7, 3), IsTensor({3}, {0, 3, 6}));
}

TEST_CASE("arange counts down with a negative step", "[01.4]") {
  CHECK_THAT(Tensor::arange(3, 0, -1), IsTensor({3}, {3, 2, 1}));
  INFO("Going up from 3 never reaches 0: the result is empty, no error.");
  CHECK_THAT(Tensor::arange(3, 0), IsTensor({0}, {}));
}

TEST_CASE("arange refuses a step of 0", "[01.4]") {
  INFO("It would never arrive.");
  CHECK_THROWS_MATCHES(Tensor::arange(0, 5, 0), ValueError,
                       test::Mentions({"arange", "step"}));
}

TEST_CASE("eye has ones on the diagonal", "[01.4]") {
  CHECK_THAT(Tensor::eye(3), IsTensor({3, 3}, {1, 0, 0,  //
                                               0, 1, 0,  //
                                               0, 0, 1}));
  INFO("A rectangle has as many ones as its shorter side.");
  CHECK_THAT(Tensor::eye(2, 3), IsTensor({2, 3}, {1, 0, 0,  //
                                                  0, 1, 0}));
}

TEST_CASE("randn takes one normal number per element", "[01.4]") {
  Generator generator(42);
  const Tensor x = Tensor::randn({2, 3}, generator);
  REQUIRE(x.shape() == Shape{2, 3});
  INFO("The same seed gives the same stream: element by element in order.");
  Generator same(42);
  for (const float value : values(x)) CHECK(value == same.normal());
}

TEST_CASE("randn has mean 0 and standard deviation 1", "[01.4]") {
  Generator generator(1);
  double sum = 0, squares = 0;
  for (const float value : values(Tensor::randn({100, 100}, generator))) {
    sum += value;
    squares += value * value;
  }
  INFO("The mean of 10,000 numbers strays by about 1 / sqrt(10000) = 0.01.");
  CHECK(std::fabs(sum / 10000) < 0.05);
  CHECK(std::fabs(squares / 10000 - 1) < 0.05);
}

TEST_CASE("uniform numbers lie between their bounds", "[01.4]") {
  Generator generator(7);
  double sum = 0;
  for (const float v : values(Tensor::uniform({1000}, 2, 6, generator))) {
    CHECK(v >= 2.0f);
    CHECK(v < 6.0f);
    sum += v;
  }
  INFO("Their mean is near the middle: 4.");
  CHECK(std::fabs(sum / 1000 - 4) < 0.2);
}

TEST_CASE("uniform refuses bounds in the wrong order", "[01.4]") {
  Generator generator(7);
  CHECK_THROWS_MATCHES(Tensor::uniform({2}, 1, 0, generator), ValueError,
                       test::Mentions({"uniform", "low", "high"}));
}
