// The matrix product.
#include "support/tensors.hpp"

using test::counting;
using test::IsTensor;
using test::make;
using test::Mentions;
using tinytorch::Shape;
using tinytorch::ShapeError;
using tinytorch::Tensor;

TEST_CASE("matmul multiplies rows by columns", "[01.11]") {
  const Tensor a = make({2, 2}, {1, 2, 3, 4});
  const Tensor b = make({2, 2}, {5, 6, 7, 8});
  INFO("Element (0, 0) is row 0 of a times column 0 of b: 1*5 + 2*7 = 19.");
  CHECK_THAT(a.matmul(b), IsTensor({2, 2}, {19, 22, 43, 50}));
}

TEST_CASE("matmul of rectangles drops the inner dimension", "[01.11]") {
  const Tensor a = make({2, 3}, {1, 2, 3, 4, 5, 6});
  const Tensor b = make({3, 1}, {1, 0, 2});
  INFO("(2, 3) times (3, 1) gives (2, 1): 1 + 0 + 6 and 4 + 0 + 12.");
  CHECK_THAT(a.matmul(b), IsTensor({2, 1}, {7, 16}));
}

TEST_CASE("matmul takes vectors on either side", "[01.11]") {
  const Tensor v = make({2}, {1, 10});
  const Tensor m = make({2, 3}, {1, 2, 3, 4, 5, 6});
  INFO("Two vectors give their dot product, a scalar: 1*1 + 10*10.");
  CHECK_THAT(v.matmul(v), IsTensor({}, {101}));
  INFO("A vector on the left is a row: the result is 1*row 0 + 10*row 1.");
  CHECK_THAT(v.matmul(m), IsTensor({3}, {41, 52, 63}));
  INFO("A vector on the right is a column.");
  CHECK_THAT(m.matmul(make({3}, {1, 0, 1})), IsTensor({2}, {4, 10}));
}

TEST_CASE("matmul multiplies stacks of matrices one by one", "[01.11]") {
  const Tensor a = make({2, 1, 2}, {1, 2, 3, 4});
  const Tensor b = make({2, 2, 1}, {1, 1, 10, 10});
  INFO("1*1 + 2*1 = 3 and 3*10 + 4*10 = 70.");
  CHECK_THAT(a.matmul(b), IsTensor({2, 1, 1}, {3, 70}));
  INFO("A single matrix is used for every member of the stack.");
  const Tensor swap = make({2, 2}, {0, 1, 1, 0});
  CHECK_THAT(a.matmul(swap), IsTensor({2, 1, 2}, {2, 1, 4, 3}));
}

TEST_CASE("matmul broadcasts the outer dimensions", "[01.11]") {
  const Tensor a = make({2, 1, 4, 5}, counting({2, 1, 4, 5}));
  const Tensor b = make({3, 5, 6}, counting({3, 5, 6}));
  INFO("Outer (2, 1) and (3) broadcast to (2, 3); the matrices are (4, 6).");
  CHECK(a.matmul(b).shape() == Shape{2, 3, 4, 6});
}

TEST_CASE("matmul refuses inner dimensions that differ", "[01.11]") {
  const Tensor a = make({2, 3}, counting({2, 3}));
  const Tensor b = make({2, 2}, counting({2, 2}));
  INFO("A row of 3 numbers cannot meet a column of 2.");
  CHECK_THROWS_MATCHES(a.matmul(b), ShapeError,
                       Mentions({"matmul", "(2, 3)", "(2, 2)"}));
}
