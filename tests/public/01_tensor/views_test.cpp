// New shapes over the same memory: reshape, transpose, slice, broadcast.
#include "support/tensors.hpp"

using test::counting;
using test::IsTensor;
using test::make;
using test::Mentions;
using test::shares_memory;
using tinytorch::broadcast_shapes;
using tinytorch::IndexError;
using tinytorch::Shape;
using tinytorch::ShapeError;
using tinytorch::Strides;
using tinytorch::Tensor;
using tinytorch::ValueError;

// -- 01.6 Reshape -------------------------------------------------------------

TEST_CASE("reshape keeps the row-major order", "[01.6]") {
  const Tensor x = make({2, 3}, {1, 2, 3, 4, 5, 6});
  INFO("Six numbers, read in the same order, in rows of two.");
  CHECK_THAT(x.reshape({3, 2}), IsTensor({3, 2}, {1, 2, 3, 4, 5, 6}));
  CHECK_THAT(x.reshape({6}), IsTensor({6}, {1, 2, 3, 4, 5, 6}));
}

TEST_CASE("reshape infers one extent given as -1", "[01.6]") {
  const Tensor x = make({2, 3, 4}, counting({2, 3, 4}));
  INFO("24 elements in 2 rows: each has 12.");
  CHECK(x.reshape({2, -1}).shape() == Shape{2, 12});
  CHECK(x.reshape({-1}).shape() == Shape{24});
}

TEST_CASE("reshape is a view and copies nothing", "[01.6]") {
  const Tensor x = make({4}, {1, 2, 3, 4});
  Tensor y = x.reshape({2, 2});
  CHECK(shares_memory(y, x));
  y.mutable_data()[0] = 99.0f;
  INFO("Both look at the same memory: writing to y shows in x.");
  CHECK_THAT(x, IsTensor({4}, {99, 2, 3, 4}));
}

TEST_CASE("reshape copies what is not contiguous", "[01.6]") {
  const Tensor x = make({2, 3}, {1, 2, 3, 4, 5, 6});
  const Tensor turned = Tensor::view(x.storage(), {3, 2}, {1, 3}, 0);
  INFO("The turned tensor reads 1 4 2 5 3 6: no strides of a row do that.");
  CHECK_THAT(turned.reshape({6}), IsTensor({6}, {1, 4, 2, 5, 3, 6}));
}

TEST_CASE("reshape refuses another number of elements", "[01.6]") {
  const Tensor x = make({2, 3}, {1, 2, 3, 4, 5, 6});
  CHECK_THROWS_MATCHES(x.reshape({4, 2}), ShapeError,
                       Mentions({"reshape", "(2, 3)", "(4, 2)"}));
  INFO("6 elements do not divide into rows of 4.");
  CHECK_THROWS_MATCHES(x.reshape({-1, 4}), ShapeError,
                       Mentions({"reshape", "(-1, 4)", "(2, 3)"}));
}

// -- 01.7 Transpose and permute -----------------------------------------------

TEST_CASE("transpose turns rows into columns", "[01.7]") {
  const Tensor x = make({2, 3}, {1, 2, 3, 4, 5, 6});
  CHECK_THAT(x.transpose(0, 1), IsTensor({3, 2}, {1, 4, 2, 5, 3, 6}));
  INFO("Without arguments the last two dimensions are swapped.");
  CHECK_THAT(x.transpose(), IsTensor({3, 2}, {1, 4, 2, 5, 3, 6}));
}

TEST_CASE("transpose swaps strides and copies nothing", "[01.7]") {
  const Tensor x = make({2, 3}, {1, 2, 3, 4, 5, 6});
  const Tensor y = x.transpose(0, 1);
  CHECK(shares_memory(y, x));
  INFO("x has the strides (3, 1): a step down is 3, a step right is 1.");
  CHECK(y.strides() == Strides{1, 3});
}

TEST_CASE("permute puts dimension dims i at place i", "[01.7]") {
  const Tensor x = make({2, 3, 4}, counting({2, 3, 4}));
  const Tensor y = x.permute({2, 0, 1});
  REQUIRE(y.shape() == Shape{4, 2, 3});
  INFO("x has the strides (12, 4, 1). Element (i, j, k) of x is y (k, i, j).");
  CHECK(y.strides() == Strides{1, 12, 4});
  CHECK(shares_memory(y, x));
}

TEST_CASE("permute wants every dimension exactly once", "[01.7]") {
  const Tensor x = make({2, 3}, {1, 2, 3, 4, 5, 6});
  CHECK_THROWS_MATCHES(x.permute({0, 0}), ShapeError, Mentions({"permute"}));
  CHECK_THROWS_MATCHES(x.permute({1}), ShapeError,
                       Mentions({"permute", "(2, 3)"}));
  INFO("A matrix has the dimensions 0 and 1.");
  CHECK_THROWS_MATCHES(x.permute({0, 2}), IndexError, Mentions({"permute"}));
  CHECK_THROWS_MATCHES(x.transpose(0, 2), IndexError, Mentions({"transpose"}));
}

// -- 01.8 Slice ---------------------------------------------------------------

TEST_CASE("slice takes the elements from start to before stop", "[01.8]") {
  const Tensor x = make({4, 2}, {0, 1, 2, 3, 4, 5, 6, 7});
  INFO("Rows 1 and 2.");
  CHECK_THAT(x.slice(0, 1, 3), IsTensor({2, 2}, {2, 3, 4, 5}));
  INFO("Column 1.");
  CHECK_THAT(x.slice(1, 1, 2), IsTensor({4, 1}, {1, 3, 5, 7}));
  INFO("Without a stop, all rows from the second on.");
  CHECK_THAT(x.slice(0, 1), IsTensor({3, 2}, {2, 3, 4, 5, 6, 7}));
}

TEST_CASE("slice steps and counts from the end", "[01.8]") {
  const Tensor x = make({5}, {0, 10, 20, 30, 40});
  INFO("Python: x[0:5:2], x[-2:], x[:-1].");
  CHECK_THAT(x.slice(0, 0, 5, 2), IsTensor({3}, {0, 20, 40}));
  CHECK_THAT(x.slice(0, -2), IsTensor({2}, {30, 40}));
  CHECK_THAT(x.slice(0, 0, -1), IsTensor({4}, {0, 10, 20, 30}));
}

TEST_CASE("slice is a view and clamps its bounds", "[01.8]") {
  const Tensor x = make({3}, {1, 2, 3});
  Tensor tail = x.slice(0, 1, 100);
  CHECK_THAT(tail, IsTensor({2}, {2, 3}));
  tail.mutable_data()[0] = 20.0f;
  INFO("The slice begins at offset 1 of the same memory.");
  CHECK_THAT(x, IsTensor({3}, {1, 20, 3}));
}

TEST_CASE("slice refuses a step of 0 and an unknown dimension", "[01.8]") {
  const Tensor x = make({3}, {1, 2, 3});
  CHECK_THROWS_MATCHES(x.slice(0, 0, 3, 0), ValueError,
                       Mentions({"slice", "step"}));
  CHECK_THROWS_MATCHES(x.slice(1, 0), IndexError, Mentions({"slice"}));
}

// -- 01.9 Broadcasting --------------------------------------------------------

TEST_CASE("shapes broadcast from the right", "[01.9]") {
  CHECK(broadcast_shapes("add", {3, 4}, {4}) == Shape{3, 4});
  CHECK(broadcast_shapes("add", {3, 4}, {3, 1}) == Shape{3, 4});
  CHECK(broadcast_shapes("add", {2, 3, 4}, {3, 4}) == Shape{2, 3, 4});
  INFO("Each side may lack what the other has: 1 becomes 512, 32 is added.");
  CHECK(broadcast_shapes("add", {32, 1, 768}, {512, 768}) ==
        Shape{32, 512, 768});
}

TEST_CASE("shapes that do not fit are named in the error", "[01.9]") {
  INFO("From the right, 4 meets 3: neither is 1.");
  CHECK_THROWS_MATCHES(broadcast_shapes("add", {3, 4}, {3}), ShapeError,
                       Mentions({"add", "(3, 4)", "(3,)"}));
}

TEST_CASE("broadcast_to repeats without copying", "[01.9]") {
  const Tensor row = make({3}, {10, 20, 30});
  const Tensor y = row.broadcast_to({2, 3});
  CHECK_THAT(y, IsTensor({2, 3}, {10, 20, 30, 10, 20, 30}));
  CHECK(shares_memory(y, row));
  INFO("Stride 0: a step down stays at the same number.");
  CHECK(y.strides() == Strides{0, 1});
}

TEST_CASE("broadcast_to refuses a shape out of reach", "[01.9]") {
  const Tensor x = make({2, 3}, {1, 2, 3, 4, 5, 6});
  CHECK_THROWS_MATCHES(x.broadcast_to({2, 4}), ShapeError,
                       Mentions({"broadcast_to", "(2, 3)", "(2, 4)"}));
  INFO("Broadcasting only repeats: it never drops elements.");
  CHECK_THROWS_AS(x.broadcast_to({3}), ShapeError);
}
