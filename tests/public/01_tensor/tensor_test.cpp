// Sizes and strides, construction, element access, contiguous memory.
#include "support/tensors.hpp"

using test::IsTensor;
using test::make;
using test::Mentions;
using test::shares_memory;
using tinytorch::IndexError;
using tinytorch::numel;
using tinytorch::row_major_strides;
using tinytorch::Shape;
using tinytorch::ShapeError;
using tinytorch::Strides;
using tinytorch::Tensor;
using tinytorch::ValueError;

// -- 01.1 Sizes and strides ---------------------------------------------------

TEST_CASE("numel is the product of the extents", "[01.1]") {
  INFO("Two rows of three columns hold 2 * 3 = 6 numbers.");
  CHECK(numel({2, 3}) == 6);
  CHECK(numel({2, 3, 4}) == 24);
  CHECK(numel({5}) == 5);
}

TEST_CASE("a scalar has one element and an extent of 0 leaves none", "[01.1]") {
  INFO("The empty product is 1: shape () is a single number.");
  CHECK(numel({}) == 1);
  INFO("A batch of 0 images is legal and holds nothing.");
  CHECK(numel({0}) == 0);
  CHECK(numel({4, 0, 3}) == 0);
}

TEST_CASE("numel refuses a negative extent and shows the shape", "[01.1]") {
  INFO("There is no tensor with -3 columns: throw ShapeError with the shape.");
  CHECK_THROWS_MATCHES(numel({2, -3}), ShapeError, Mentions({"(2, -3)"}));
}

TEST_CASE("row-major strides grow from right to left", "[01.1]") {
  INFO(
      "In (2, 3, 4) a step in the last dimension moves by 1 number, a step in "
      "the middle one by a row of 4, a step in the first by 3 rows: 12.");
  CHECK(row_major_strides({2, 3, 4}) == Strides{12, 4, 1});
  CHECK(row_major_strides({2, 3}) == Strides{3, 1});
  CHECK(row_major_strides({7}) == Strides{1});
  INFO("A scalar has no dimensions and therefore no strides.");
  CHECK(row_major_strides({}) == Strides{});
}

// -- 01.2 A tensor from values ------------------------------------------------

TEST_CASE("a tensor takes its values in row-major order", "[01.2]") {
  const Tensor x({2, 3}, {1, 2, 3, 4, 5, 6});
  INFO("The first row is 1 2 3, the second 4 5 6.");
  CHECK_THAT(x, IsTensor({2, 3}, {1, 2, 3, 4, 5, 6}));
  CHECK(x.strides() == Strides{3, 1});
}

TEST_CASE("nested braces give the shape", "[01.2]") {
  INFO("Braces end in the same constructor: shape and values are given to it.");
  CHECK_THAT((Tensor{1, 2, 3}), IsTensor({3}, {1, 2, 3}));
  CHECK_THAT((Tensor{{1, 2}, {3, 4}}), IsTensor({2, 2}, {1, 2, 3, 4}));
  const Tensor cube{{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}};
  CHECK_THAT(cube, IsTensor({2, 2, 2}, {1, 2, 3, 4, 5, 6, 7, 8}));
}

TEST_CASE("a tensor refuses the wrong number of values", "[01.2]") {
  INFO("Shape (2, 3) needs 6 values. The message gives the shape and both.");
  CHECK_THROWS_MATCHES(Tensor({2, 3}, {1, 2, 3, 4, 5}), ShapeError,
                       Mentions({"Tensor", "(2, 3)", "6", "5"}));
}

// -- 01.3 Element access ------------------------------------------------------

TEST_CASE("at reads one element", "[01.3]") {
  // 0 1 2
  // 3 4 5
  const Tensor x = make({2, 3}, {0, 1, 2, 3, 4, 5});
  INFO("Element (i, j) lies at i * strides[0] + j * strides[1].");
  CHECK(x.at({0, 0}) == 0.0f);
  CHECK(x.at({0, 2}) == 2.0f);
  CHECK(x.at({1, 0}) == 3.0f);
  CHECK(x.at({1, 2}) == 5.0f);
}

TEST_CASE("negative coordinates count from the end", "[01.3]") {
  const Tensor x = make({2, 3}, {0, 1, 2, 3, 4, 5});
  INFO("-1 is the last row or column, as in Python.");
  CHECK(x.at({-1, -1}) == 5.0f);
  CHECK(x.at({-2, 1}) == 1.0f);
  CHECK(x.at({0, -3}) == 0.0f);
}

TEST_CASE("set overwrites one element and no other", "[01.3]") {
  Tensor x = make({2, 3}, {0, 1, 2, 3, 4, 5});
  x.set({1, 1}, 40.0f);
  CHECK_THAT(x, IsTensor({2, 3}, {0, 1, 2, 3, 40, 5}));
  x.set({-2, -1}, 20.0f);
  CHECK_THAT(x, IsTensor({2, 3}, {0, 1, 20, 3, 40, 5}));
}

TEST_CASE("a coordinate outside the tensor is refused", "[01.3]") {
  const Tensor x = make({2, 3}, {0, 1, 2, 3, 4, 5});
  INFO("Dimension 1 has the coordinates 0 to 2 and -1 to -3.");
  CHECK_THROWS_MATCHES(x.at({0, 3}), IndexError, Mentions({"at", "(2, 3)"}));
  CHECK_THROWS_AS(x.at({0, -4}), IndexError);
}

TEST_CASE("item gives the only element whatever the rank", "[01.3]") {
  CHECK(make({}, {7}).item() == 7.0f);
  CHECK(make({1, 1}, {8}).item() == 8.0f);
  INFO("With two elements there is no saying which one is meant.");
  CHECK_THROWS_MATCHES(make({2}, {1, 2}).item(), ValueError,
                       Mentions({"item", "(2,)"}));
}

// -- 01.5 Contiguous memory ---------------------------------------------------

TEST_CASE("a new tensor is contiguous and a turned one is not", "[01.5]") {
  const Tensor x = make({2, 3}, {1, 2, 3, 4, 5, 6});
  CHECK(x.is_contiguous());
  INFO("The same memory read as columns: strides (1, 3) instead of (2, 1).");
  const Tensor turned = Tensor::view(x.storage(), {3, 2}, {1, 3}, 0);
  CHECK_FALSE(turned.is_contiguous());
}

TEST_CASE("contiguous gives the tensor itself if it can", "[01.5]") {
  const Tensor x = make({2, 3}, {1, 2, 3, 4, 5, 6});
  INFO("Nothing to do, so nothing is copied.");
  CHECK(shares_memory(x.contiguous(), x));
}

TEST_CASE("contiguous brings elements into row-major order", "[01.5]") {
  const Tensor x = make({2, 3}, {1, 2, 3, 4, 5, 6});
  const Tensor turned = Tensor::view(x.storage(), {3, 2}, {1, 3}, 0);
  const Tensor y = turned.contiguous();
  INFO("The rows of the turned tensor are 1 4, 2 5 and 3 6.");
  CHECK_THAT(y, IsTensor({3, 2}, {1, 4, 2, 5, 3, 6}));
  CHECK(y.strides() == Strides{2, 1});
  CHECK_FALSE(shares_memory(y, x));
}

TEST_CASE("a clone has memory of its own", "[01.5]") {
  const Tensor x = make({2, 2}, {1, 2, 3, 4});
  Tensor copy = x.clone();
  CHECK_THAT(copy, IsTensor({2, 2}, {1, 2, 3, 4}));
  copy.mutable_data()[0] = 99.0f;
  INFO("Writing to the copy leaves the original as it was.");
  CHECK_THAT(x, IsTensor({2, 2}, {1, 2, 3, 4}));
}
