// Element by element: + - * / and comparison.
#include "support/tensors.hpp"

using test::IsTensor;
using test::kInf;
using test::kNaN;
using test::make;
using test::Mentions;
using tinytorch::allclose;
using tinytorch::ShapeError;
using tinytorch::Tensor;

// -- 01.10 Arithmetic ---------------------------------------------------------

TEST_CASE("tensors of one shape combine element by element", "[01.10]") {
  const Tensor a = make({2, 2}, {8, 6, 4, 2});
  const Tensor b = make({2, 2}, {1, 2, 4, 8});
  CHECK_THAT(a + b, IsTensor({2, 2}, {9, 8, 8, 10}));
  CHECK_THAT(a - b, IsTensor({2, 2}, {7, 4, 0, -6}));
  CHECK_THAT(a * b, IsTensor({2, 2}, {8, 12, 16, 16}));
  CHECK_THAT(a / b, IsTensor({2, 2}, {8, 3, 1, 0.25f}));
  CHECK_THAT(-a, IsTensor({2, 2}, {-8, -6, -4, -2}));
}

TEST_CASE("a number works on either side", "[01.10]") {
  const Tensor x = make({3}, {1, 2, 4});
  CHECK_THAT(x + 1, IsTensor({3}, {2, 3, 5}));
  CHECK_THAT(x - 1, IsTensor({3}, {0, 1, 3}));
  CHECK_THAT(x / 2, IsTensor({3}, {0.5f, 1, 2}));
  INFO("The order matters: 8 - x is not x - 8.");
  CHECK_THAT(8 - x, IsTensor({3}, {7, 6, 4}));
  CHECK_THAT(8 / x, IsTensor({3}, {8, 4, 2}));
  CHECK_THAT(3 * x, IsTensor({3}, {3, 6, 12}));
}

TEST_CASE("a row is added to every row of a matrix", "[01.10]") {
  const Tensor x = make({2, 3}, {1, 2, 3, 4, 5, 6});
  const Tensor bias = make({3}, {10, 20, 30});
  INFO("This is how every layer adds its bias.");
  CHECK_THAT(x + bias, IsTensor({2, 3}, {11, 22, 33, 14, 25, 36}));
}

TEST_CASE("a column and a row make a table", "[01.10]") {
  const Tensor column = make({3, 1}, {1, 2, 3});
  const Tensor row = make({2}, {10, 100});
  INFO("(3, 1) and (2) broadcast to (3, 2): every pair is multiplied.");
  CHECK_THAT(column * row, IsTensor({3, 2}, {10, 100, 20, 200, 30, 300}));
}

TEST_CASE("arithmetic leaves its inputs alone", "[01.10]") {
  const Tensor x = make({3}, {1, 2, 3});
  Tensor y = x + 0;
  y.mutable_data()[0] = 99.0f;
  INFO("The result has memory of its own, even if nothing changed.");
  CHECK_THAT(x, IsTensor({3}, {1, 2, 3}));
}

TEST_CASE("division by zero follows IEEE 754", "[01.10]") {
  const Tensor x = make({3}, {1, -1, 0});
  INFO("1 / 0 is inf, -1 / 0 is -inf, 0 / 0 is NaN. Nothing is thrown.");
  CHECK_THAT(x / 0, IsTensor({3}, {kInf, -kInf, kNaN}));
}

TEST_CASE("shapes that do not broadcast cannot be added", "[01.10]") {
  const Tensor a = make({2, 3}, {1, 2, 3, 4, 5, 6});
  const Tensor b = make({2}, {1, 2});
  INFO("Compared from the right, 3 meets 2.");
  CHECK_THROWS_MATCHES(a + b, ShapeError, Mentions({"add", "(2, 3)", "(2,)"}));
}

// -- 01.14 Comparison ---------------------------------------------------------

TEST_CASE("allclose allows for rounding", "[01.14]") {
  const Tensor a = make({2}, {1, 100});
  CHECK(allclose(a, make({2}, {1, 100})));
  INFO("The default allows about 1 in 100,000 of the second tensor's value.");
  CHECK(allclose(a, make({2}, {1, 100.0005f})));
  CHECK_FALSE(allclose(a, make({2}, {1, 100.01f})));
}

TEST_CASE("allclose takes its tolerances as given", "[01.14]") {
  const Tensor a = make({2}, {1.0f, 2.0f});
  const Tensor b = make({2}, {1.25f, 2.25f});
  INFO("|a - b| is 0.25 everywhere.");
  CHECK(allclose(a, b, 0.0f, 0.25f));
  CHECK_FALSE(allclose(a, b, 0.0f, 0.125f));
  INFO("0.25 <= 0.2 * 1.25, and 0.25 <= 0.2 * 2.25.");
  CHECK(allclose(a, b, 0.2f, 0.0f));
  INFO("0.25 > 0.125 * 1.25 = 0.15625.");
  CHECK_FALSE(allclose(a, b, 0.125f, 0.0f));
}

TEST_CASE("allclose treats NaN as different unless told", "[01.14]") {
  const Tensor x = make({2}, {1, kNaN});
  CHECK_FALSE(allclose(x, x));
  CHECK(allclose(x, x, 1e-5f, 1e-8f, true));
}

TEST_CASE("allclose broadcasts and refuses what does not fit", "[01.14]") {
  const Tensor ones = make({2, 3}, {1, 1, 1, 1, 1, 1});
  CHECK(allclose(ones, make({}, {1})));
  CHECK_THROWS_MATCHES(allclose(ones, make({2}, {1, 1})), ShapeError,
                       Mentions({"allclose", "(2, 3)", "(2,)"}));
}
