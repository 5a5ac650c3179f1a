// Many numbers into few: sum, mean, max, min, argmax.
#include "support/tensors.hpp"

using test::IsTensor;
using test::kNaN;
using test::make;
using test::Mentions;
using tinytorch::IndexError;
using tinytorch::ShapeError;
using tinytorch::Tensor;

// -- 01.12 Sum and mean -------------------------------------------------------

TEST_CASE("sum without an axis adds everything up", "[01.12]") {
  const Tensor x = make({2, 3}, {1, 2, 3, 4, 5, 6});
  INFO("The result is a scalar: shape ().");
  CHECK_THAT(x.sum(), IsTensor({}, {21}));
  CHECK_THAT(x.mean(), IsTensor({}, {3.5f}));
}

TEST_CASE("sum along an axis makes that axis disappear", "[01.12]") {
  // 1 2 3
  // 4 5 6
  const Tensor x = make({2, 3}, {1, 2, 3, 4, 5, 6});
  INFO("Axis 0 runs down the rows: column totals.");
  CHECK_THAT(x.sum(0), IsTensor({3}, {5, 7, 9}));
  INFO("Axis 1 runs across the columns: row totals. -1 is the last axis.");
  CHECK_THAT(x.sum(1), IsTensor({2}, {6, 15}));
  CHECK_THAT(x.sum(-1), IsTensor({2}, {6, 15}));
}

TEST_CASE("mean along an axis divides by its extent", "[01.12]") {
  const Tensor x = make({2, 3}, {1, 2, 3, 4, 5, 6});
  CHECK_THAT(x.mean(0), IsTensor({3}, {2.5f, 3.5f, 4.5f}));
  CHECK_THAT(x.mean(1), IsTensor({2}, {2, 5}));
}

TEST_CASE("keepdims leaves an extent of 1 behind", "[01.12]") {
  const Tensor x = make({2, 3}, {1, 2, 3, 4, 5, 6});
  INFO("(2, 1) broadcasts against (2, 3): x - x.mean(1, true) works.");
  CHECK_THAT(x.sum(1, true), IsTensor({2, 1}, {6, 15}));
  CHECK_THAT(x.mean(0, true), IsTensor({1, 3}, {2.5f, 3.5f, 4.5f}));
}

TEST_CASE("sums over nothing are 0 and means are NaN", "[01.12]") {
  const Tensor none = make({0}, {});
  CHECK_THAT(none.sum(), IsTensor({}, {0}));
  INFO("0 / 0: there is no average of nothing. Not an error, as in PyTorch.");
  CHECK_THAT(none.mean(), IsTensor({}, {kNaN}));
}

TEST_CASE("a long sum keeps its digits", "[01.12]") {
  const Tensor x = make({100000}, std::vector<float>(100000, 0.1f));
  INFO(
      "100,000 times 0.1 is 10,000. A float total loses a little at every "
      "step and ends at 9998.56: keep the total in a double.");
  CHECK_THAT(x.sum(), IsTensor({}, {10000}, 1e-6f));
}

TEST_CASE("sum refuses an axis that does not exist", "[01.12]") {
  const Tensor x = make({2, 3}, {1, 2, 3, 4, 5, 6});
  CHECK_THROWS_MATCHES(x.sum(2), IndexError, Mentions({"sum", "2"}));
  CHECK_THROWS_MATCHES(x.mean(-3), IndexError, Mentions({"mean", "-3"}));
}

// -- 01.13 Maximum and minimum ------------------------------------------------

TEST_CASE("max and min find the extremes", "[01.13]") {
  const Tensor x = make({2, 3}, {3, 1, 2, -4, 6, 5});
  CHECK_THAT(x.max(), IsTensor({}, {6}));
  CHECK_THAT(x.min(), IsTensor({}, {-4}));
  CHECK_THAT(x.max(0), IsTensor({3}, {3, 6, 5}));
  CHECK_THAT(x.max(1), IsTensor({2}, {3, 6}));
  CHECK_THAT(x.min(1, true), IsTensor({2, 1}, {1, -4}));
}

TEST_CASE("argmax tells where the largest element stands", "[01.13]") {
  const Tensor x = make({2, 3}, {3, 1, 2, -4, 6, 5});
  INFO("Along axis 1: the predicted class of each sample.");
  CHECK_THAT(x.argmax(1), IsTensor({2}, {0, 1}));
  CHECK_THAT(x.argmax(0), IsTensor({3}, {0, 1, 1}));
  INFO("Without an axis: the position in row-major order.");
  CHECK_THAT(x.argmax(), IsTensor({}, {4}));
}

TEST_CASE("the first of several largest elements counts", "[01.13]") {
  CHECK_THAT(make({4}, {1, 7, 7, 2}).argmax(), IsTensor({}, {1}));
}

TEST_CASE("NaN wins every maximum and minimum", "[01.13]") {
  const Tensor x = make({3}, {1, kNaN, 5});
  INFO("A NaN in the data must show in the result, not hide.");
  CHECK_THAT(x.max(), IsTensor({}, {kNaN}));
  CHECK_THAT(x.min(), IsTensor({}, {kNaN}));
  CHECK_THAT(x.argmax(), IsTensor({}, {1}));
}

TEST_CASE("there is no maximum of nothing", "[01.13]") {
  const Tensor none = make({0}, {});
  CHECK_THROWS_MATCHES(none.max(), ShapeError, Mentions({"max", "(0,)"}));
  CHECK_THROWS_MATCHES(none.min(), ShapeError, Mentions({"min", "(0,)"}));
  CHECK_THROWS_MATCHES(none.argmax(), ShapeError, Mentions({"argmax", "(0,)"}));
}
