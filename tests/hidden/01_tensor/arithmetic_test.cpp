// Element by element: + - * / and comparison.
#include "support/tensors.hpp"

using test::counting;
using test::IsTensor;
using test::kInf;
using test::kNaN;
using test::make;
using test::Mentions;
using test::scattered;
using test::shares_memory;
using tinytorch::allclose;
using tinytorch::ShapeError;
using tinytorch::Tensor;
using tinytorch::ValueError;

// -- 01.10 Arithmetic ---------------------------------------------------------

TEST_CASE("the smaller tensor may stand on either side", "[01.10][hidden]") {
  const Tensor m = make({2, 3}, {1, 2, 4, 8, 16, 32});
  const Tensor row = make({3}, {2, 4, 8});
  CHECK_THAT(m - row, IsTensor({2, 3}, {-1, -2, -4, 6, 12, 24}));
  CHECK_THAT(row - m, IsTensor({2, 3}, {1, 2, 4, -6, -12, -24}));
  CHECK_THAT(m / row, IsTensor({2, 3}, {0.5f, 0.5f, 0.5f, 4.0f, 4.0f, 4.0f}));
  CHECK_THAT(row / m, IsTensor({2, 3}, {2, 2, 2, 0.25f, 0.25f, 0.25f}));
  const Tensor column = make({2, 1}, {1, 8});
  CHECK_THAT(m - column, IsTensor({2, 3}, {0, 1, 3, 0, 8, 24}));
  CHECK_THAT(column - m, IsTensor({2, 3}, {0, -1, -3, 0, -8, -24}));
}

TEST_CASE("both tensors may be repeated at once", "[01.10][hidden]") {
  const Tensor a = make({2, 1, 2}, {0, 1, 2, 3});
  const Tensor b = make({3, 1}, {10, 20, 30});
  CHECK_THAT(a + b, IsTensor({2, 3, 2}, {10, 11, 20, 21, 30, 31,  //
                                         12, 13, 22, 23, 32, 33}));
  CHECK_THAT(b - a, IsTensor({2, 3, 2}, {10, 9, 20, 19, 30, 29,  //
                                         8, 7, 18, 17, 28, 27}));
}

TEST_CASE("arithmetic reads scattered tensors in order", "[01.10][hidden]") {
  const Tensor a = scattered({2, 3}, {1, 2, 3, 4, 5, 6});
  const Tensor b = make({2, 3}, {10, 20, 30, 40, 50, 60});
  CHECK_THAT(a + b, IsTensor({2, 3}, {11, 22, 33, 44, 55, 66}));
  CHECK_THAT(b - a, IsTensor({2, 3}, {9, 18, 27, 36, 45, 54}));
  CHECK_THAT(a * a, IsTensor({2, 3}, {1, 4, 9, 16, 25, 36}));
  CHECK_THAT(a * 2, IsTensor({2, 3}, {2, 4, 6, 8, 10, 12}));
  CHECK_THAT(2 - a, IsTensor({2, 3}, {1, 0, -1, -2, -3, -4}));
  CHECK_THAT(-a, IsTensor({2, 3}, {-1, -2, -3, -4, -5, -6}));
  CHECK((a + a).is_contiguous());
}

TEST_CASE("arithmetic reads repeated elements again and again",
          "[01.10][hidden]") {
  const Tensor two = make({2}, {1, 2});
  const Tensor four = make({2}, {10, 20});
  const auto rows = [](const Tensor& x) {
    return Tensor::view(x.storage(), {2, 3}, {1, 0}, 0);
  };
  const Tensor full = make({2, 3}, {0, 1, 2, 3, 4, 5});
  INFO("Stride 0: each row holds one number three times.");
  CHECK_THAT(rows(two) + rows(four),
             IsTensor({2, 3}, {11, 11, 11, 22, 22, 22}));
  CHECK_THAT(full - rows(two), IsTensor({2, 3}, {-1, 0, 1, 1, 2, 3}));
  CHECK_THAT(rows(two) - full, IsTensor({2, 3}, {1, 0, -1, -1, -2, -3}));
}

TEST_CASE("arithmetic begins at the offset of each tensor", "[01.10][hidden]") {
  const Tensor whole = make({6}, counting({6}));
  const Tensor head = Tensor::view(whole.storage(), {3}, {1}, 0);
  const Tensor tail = Tensor::view(whole.storage(), {3}, {1}, 3);
  const Tensor last = Tensor::view(whole.storage(), {}, {}, 5);
  CHECK_THAT(tail - head, IsTensor({3}, {3, 3, 3}));
  CHECK_THAT(head * last, IsTensor({3}, {0, 5, 10}));
  CHECK_THAT(last - tail, IsTensor({3}, {2, 1, 0}));
}

TEST_CASE("one element of a higher rank raises the rank", "[01.10][hidden]") {
  const Tensor one = make({1, 1}, {10});
  const Tensor row = make({3}, {1, 2, 3});
  CHECK_THAT(row + one, IsTensor({1, 3}, {11, 12, 13}));
  CHECK_THAT(one - row, IsTensor({1, 3}, {9, 8, 7}));
  CHECK_THAT(one + 1, IsTensor({1, 1}, {11}));
  CHECK_THAT(make({}, {1}) + make({}, {2}), IsTensor({}, {3}));
}

TEST_CASE("arithmetic on empty tensors gives empty tensors",
          "[01.10][hidden]") {
  const Tensor none = make({0, 3}, {});
  CHECK_THAT(none + none, IsTensor({0, 3}, {}));
  CHECK_THAT(none * 2, IsTensor({0, 3}, {}));
  CHECK_THAT(none - make({3}, {1, 2, 3}), IsTensor({0, 3}, {}));
  CHECK_THAT(make({1, 3}, {1, 2, 3}) / none, IsTensor({0, 3}, {}));
  CHECK_THAT(make({2, 1}, {1, 2}) + make({0}, {}), IsTensor({2, 0}, {}));
  CHECK_THAT(-none, IsTensor({0, 3}, {}));
  CHECK_THROWS_AS(none + make({2, 3}, counting({2, 3})), ShapeError);
}

TEST_CASE("arithmetic keeps NaN and infinity", "[01.10][hidden]") {
  const Tensor x = make({4}, {kInf, -kInf, kNaN, 1});
  CHECK_THAT(x + x, IsTensor({4}, {kInf, -kInf, kNaN, 2}));
  CHECK_THAT(x - x, IsTensor({4}, {kNaN, kNaN, kNaN, 0}));
  CHECK_THAT(x * 0, IsTensor({4}, {kNaN, kNaN, kNaN, 0}));
  CHECK_THAT(x / x, IsTensor({4}, {kNaN, kNaN, kNaN, 1}));
  CHECK_THAT(-x, IsTensor({4}, {-kInf, kInf, kNaN, -1}));
  CHECK_THAT(1 / make({2}, {kInf, 3e38f * 10}), IsTensor({2}, {0, 0}));
}

TEST_CASE("the negative of zero is minus zero", "[01.10][hidden]") {
  const Tensor x = -make({2}, {0.0f, -0.0f});
  INFO("-x is not 0 - x: the sign flips even on zero.");
  CHECK(std::signbit(x.data()[0]));
  CHECK_FALSE(std::signbit(x.data()[1]));
}

TEST_CASE("results of arithmetic share nothing", "[01.10][hidden]") {
  const Tensor x = make({2, 2}, {1, 2, 3, 4});
  const Tensor one = make({}, {1});
  const Tensor product = x * one;
  CHECK_FALSE(shares_memory(product, x));
  CHECK_FALSE(shares_memory(-x, x));
  CHECK_FALSE(shares_memory(x / 1, x));
  CHECK_THAT(x, IsTensor({2, 2}, {1, 2, 3, 4}));
  CHECK_THAT(one, IsTensor({}, {1}));
}

TEST_CASE("every operator names itself and both shapes", "[01.10][hidden]") {
  const Tensor a = make({2, 3}, counting({2, 3}));
  const Tensor b = make({3, 2}, counting({3, 2}));
  CHECK_THROWS_MATCHES(a + b, ShapeError,
                       Mentions({"add", "(2, 3)", "(3, 2)"}));
  CHECK_THROWS_MATCHES(a - b, ShapeError,
                       Mentions({"subtract", "(2, 3)", "(3, 2)"}));
  CHECK_THROWS_MATCHES(a * b, ShapeError,
                       Mentions({"multiply", "(2, 3)", "(3, 2)"}));
  CHECK_THROWS_MATCHES(a / b, ShapeError,
                       Mentions({"divide", "(2, 3)", "(3, 2)"}));
}

// -- 01.14 Comparison ---------------------------------------------------------

TEST_CASE("the relative tolerance is that of the second tensor",
          "[01.14][hidden]") {
  const Tensor a = make({1}, {100});
  const Tensor b = make({1}, {110});
  INFO("0.0909 is 10 / 110: enough of 110, not of 100.");
  CHECK(allclose(a, b, 0.095f, 0.0f));
  CHECK_FALSE(allclose(b, a, 0.095f, 0.0f));
}

TEST_CASE("tolerances add up and work for negative numbers",
          "[01.14][hidden]") {
  const Tensor a = make({1}, {-10});
  const Tensor b = make({1}, {-8});
  CHECK(allclose(a, b, 0.125f, 1.0f));
  CHECK_FALSE(allclose(a, b, 0.125f, 0.5f));
  CHECK(allclose(a, b, 0.25f, 0.0f));
  CHECK_FALSE(allclose(a, b, 0.0f, 1.0f));
  CHECK_FALSE(allclose(b, a, 0.0f, 1.0f));
}

TEST_CASE("infinities are close only to themselves", "[01.14][hidden]") {
  const Tensor inf = make({}, {kInf});
  CHECK(allclose(inf, inf));
  CHECK_FALSE(allclose(inf, make({}, {-kInf}), 10.0f, 10.0f));
  CHECK_FALSE(allclose(inf, make({}, {1}), 1.0f, kInf));
  CHECK_FALSE(allclose(make({}, {1}), inf, 1.0f, 1.0f));
  CHECK(allclose(make({}, {-kInf}), make({}, {-kInf}), 0.0f, 0.0f));
}

TEST_CASE("NaN is close to no number", "[01.14][hidden]") {
  const Tensor nan = make({}, {kNaN});
  const Tensor one = make({}, {1});
  CHECK_FALSE(allclose(nan, one, 1.0f, 1.0f, true));
  CHECK_FALSE(allclose(one, nan, 1.0f, 1.0f, true));
  CHECK_FALSE(allclose(nan, nan, 1.0f, 1.0f));
  CHECK(allclose(nan, nan, 0.0f, 0.0f, true));
}

TEST_CASE("one difference anywhere is enough", "[01.14][hidden]") {
  const Tensor a = scattered({2, 3}, {1, 2, 3, 4, 5, 6});
  CHECK(allclose(a, make({2, 3}, {1, 2, 3, 4, 5, 6})));
  CHECK_FALSE(allclose(a, make({2, 3}, {1, 2, 3, 4, 5, 7})));
  CHECK_FALSE(allclose(a, make({2, 3}, {0, 2, 3, 4, 5, 6})));
  CHECK_FALSE(allclose(a, make({3}, {1, 2, 3})));
  CHECK(allclose(make({2, 2}, {1, 2, 1, 2}), make({2}, {1, 2})));
  CHECK(allclose(make({1}, {2}), make({2, 1}, {2, 2})));
}

TEST_CASE("tensors without elements are close", "[01.14][hidden]") {
  CHECK(allclose(make({0}, {}), make({0}, {})));
  CHECK(allclose(make({0, 3}, {}), make({3}, {1, 2, 3})));
  CHECK_THROWS_AS(allclose(make({0}, {}), make({2}, {1, 2})), ShapeError);
}

TEST_CASE("tolerances must not be negative or NaN", "[01.14][hidden]") {
  const Tensor x = make({}, {1});
  CHECK_THROWS_MATCHES(allclose(x, x, -1.0f), ValueError,
                       Mentions({"allclose", "rtol"}));
  CHECK_THROWS_AS(allclose(x, x, 0.0f, -1.0f), ValueError);
  CHECK_THROWS_AS(allclose(x, x, kNaN), ValueError);
  CHECK_THROWS_AS(allclose(x, x, 0.0f, kNaN), ValueError);
  CHECK(allclose(x, x, 0.0f, 0.0f));
}

TEST_CASE("opposite ends of the float range are not close", "[01.14][hidden]") {
  CHECK_FALSE(allclose(make({}, {3e38f}), make({}, {-3e38f})));
  INFO("The default absolute tolerance is 1e-8.");
  CHECK(allclose(make({}, {0.5e-8f}), make({}, {0})));
  CHECK_FALSE(allclose(make({}, {2e-8f}), make({}, {0})));
}
