// New shapes over the same memory: reshape, transpose, slice, broadcast.
#include "support/tensors.hpp"

using test::counting;
using test::IsTensor;
using test::make;
using test::Mentions;
using test::scattered;
using test::shares_memory;
using tinytorch::broadcast_shapes;
using tinytorch::IndexError;
using tinytorch::Shape;
using tinytorch::ShapeError;
using tinytorch::Strides;
using tinytorch::Tensor;
using tinytorch::ValueError;

namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kHuge = std::int64_t{1} << 40;

/// The middle row of a 3 x 2 matrix: a view that begins at offset 2.
Tensor middle_row(const Tensor& whole) {
  return Tensor::view(whole.storage(), {2}, {1}, 2);
}

}  // namespace

// -- 01.6 Reshape -------------------------------------------------------------

TEST_CASE("reshape infers -1 in any position", "[01.6][hidden]") {
  const Tensor x = make({2, 3, 4}, counting({2, 3, 4}));
  CHECK_THAT(x.reshape({-1, 6}), IsTensor({4, 6}, counting({4, 6})));
  CHECK_THAT(x.reshape({2, -1, 3}), IsTensor({2, 4, 3}, counting({2, 4, 3})));
  CHECK(x.reshape({24, -1}).shape() == Shape{24, 1});
  CHECK(x.reshape({2, 3, 4, -1}).shape() == Shape{2, 3, 4, 1});
}

TEST_CASE("reshape goes to and from scalars", "[01.6][hidden]") {
  CHECK_THAT(make({}, {5}).reshape({1, 1}), IsTensor({1, 1}, {5}));
  CHECK_THAT(make({}, {5}).reshape({-1}), IsTensor({1}, {5}));
  CHECK_THAT(make({1, 1}, {5}).reshape({}), IsTensor({}, {5}));
}

TEST_CASE("reshape of empty tensors keeps them empty", "[01.6][hidden]") {
  const Tensor none = make({0, 3}, {});
  CHECK(none.reshape({3, 0, 5}).shape() == Shape{3, 0, 5});
  CHECK(none.reshape({-1}).shape() == Shape{0});
  CHECK(none.reshape({-1, 3}).shape() == Shape{0, 3});
  CHECK_THROWS_AS(none.reshape({1}), ShapeError);
  CHECK_THROWS_AS(none.reshape({}), ShapeError);
  INFO("0 elements in rows of 0: any number of rows would do.");
  CHECK_THROWS_MATCHES(none.reshape({-1, 0}), ShapeError,
                       Mentions({"reshape", "(-1, 0)", "(0, 3)"}));
}

TEST_CASE("reshape refuses negative extents other than one -1",
          "[01.6][hidden]") {
  const Tensor x = make({2, 3}, counting({2, 3}));
  CHECK_THROWS_MATCHES(x.reshape({-1, -1}), ShapeError,
                       Mentions({"reshape", "(-1, -1)"}));
  CHECK_THROWS_MATCHES(x.reshape({-2, -3}), ShapeError,
                       Mentions({"reshape", "(-2, -3)"}));
  CHECK_THROWS_AS(x.reshape({-1, -6}), ShapeError);
  CHECK_THROWS_AS(x.reshape({6, -1, -1}), ShapeError);
  CHECK_THROWS_AS(x.reshape({kLeast}), ShapeError);
}

TEST_CASE("reshape never drops or invents elements", "[01.6][hidden]") {
  const Tensor x = make({2, 3}, counting({2, 3}));
  CHECK_THROWS_AS(x.reshape({2, 2}), ShapeError);
  CHECK_THROWS_AS(x.reshape({7}), ShapeError);
  CHECK_THROWS_AS(x.reshape({}), ShapeError);
  CHECK_THROWS_AS(x.reshape({6, 0}), ShapeError);
  CHECK_THROWS_AS(x.reshape({-1, 0}), ShapeError);
  CHECK_THROWS_AS(x.reshape({-1, 12}), ShapeError);
  CHECK_THROWS_AS(x.reshape({kHuge, kHuge}), ShapeError);
}

TEST_CASE("reshape of a part stays in that part", "[01.6][hidden]") {
  const Tensor whole = make({3, 2}, counting({3, 2}));
  Tensor column = middle_row(whole).reshape({2, 1});
  CHECK_THAT(column, IsTensor({2, 1}, {2, 3}));
  REQUIRE(shares_memory(column, whole));
  column.mutable_data()[1] = 30.0f;
  CHECK_THAT(whole, IsTensor({3, 2}, {0, 1, 2, 30, 4, 5}));
}

TEST_CASE("reshape of a scattered tensor is a copy in order",
          "[01.6][hidden]") {
  const Tensor x = scattered({2, 3, 2}, counting({2, 3, 2}));
  Tensor y = x.reshape({4, -1});
  CHECK_THAT(y, IsTensor({4, 3}, counting({4, 3})));
  CHECK(y.strides() == Strides{3, 1});
  CHECK_FALSE(shares_memory(y, x));
  y.mutable_data()[0] = 99.0f;
  CHECK_THAT(x, IsTensor({2, 3, 2}, counting({2, 3, 2})));
}

// -- 01.7 Transpose and permute -----------------------------------------------

TEST_CASE("transpose swaps any two dimensions", "[01.7][hidden]") {
  const Tensor x = make({2, 3, 2}, counting({2, 3, 2}));
  CHECK_THAT(x.transpose(0, 2), IsTensor({2, 3, 2}, {0, 6, 2, 8, 4, 10,  //
                                                     1, 7, 3, 9, 5, 11}));
  CHECK_THAT(x.transpose(1, 0), IsTensor({3, 2, 2}, {0, 1, 6, 7,  //
                                                     2, 3, 8, 9,  //
                                                     4, 5, 10, 11}));
  CHECK_THAT(x.transpose(1, 1), IsTensor({2, 3, 2}, counting({2, 3, 2})));
}

TEST_CASE("transpose accepts negative dimensions", "[01.7][hidden]") {
  const Tensor x = make({2, 3, 4}, counting({2, 3, 4}));
  CHECK(x.transpose(-1, 0).shape() == Shape{4, 3, 2});
  CHECK(x.transpose(-3, -2).strides() == Strides{4, 12, 1});
  CHECK_THROWS_MATCHES(x.transpose(0, 3), IndexError,
                       Mentions({"transpose", "3"}));
  CHECK_THROWS_AS(x.transpose(-4, 0), IndexError);
  CHECK_THROWS_AS(make({}, {1}).transpose(0, 0), IndexError);
}

TEST_CASE("transpose without arguments swaps only the last two",
          "[01.7][hidden]") {
  const Tensor x = make({2, 3, 4}, counting({2, 3, 4}));
  CHECK(x.transpose().strides() == Strides{12, 1, 4});
  CHECK(x.transpose().shape() == Shape{2, 4, 3});
  INFO("Vectors and scalars have no two dimensions to swap.");
  CHECK_THAT(make({3}, {1, 2, 3}).transpose(), IsTensor({3}, {1, 2, 3}));
  CHECK_THAT(make({}, {4}).transpose(), IsTensor({}, {4}));
}

TEST_CASE("transposed views keep their offset and share writes",
          "[01.7][hidden]") {
  const Tensor whole = make({3, 2}, counting({3, 2}));
  const Tensor lower = Tensor::view(whole.storage(), {2, 2}, {2, 1}, 2);
  Tensor turned = lower.transpose();
  CHECK_THAT(turned, IsTensor({2, 2}, {2, 4, 3, 5}));
  turned.mutable_data()[turned.strides()[1]] = 40.0f;
  CHECK_THAT(whole, IsTensor({3, 2}, {0, 1, 2, 3, 40, 5}));
  CHECK_THAT(lower.permute({1, 0}), IsTensor({2, 2}, {2, 40, 3, 5}));
}

TEST_CASE("permute moves in the right direction", "[01.7][hidden]") {
  const Tensor x = make({2, 3, 4}, counting({2, 3, 4}));
  const Tensor y = x.permute({1, 2, 0});
  INFO("The inverse permutation would give (4, 2, 3).");
  REQUIRE(y.shape() == Shape{3, 4, 2});
  CHECK(y.strides() == Strides{4, 1, 12});
  // Element (i, j, k) of y is element (k, i, j) of x.
  CHECK(y.data()[2 * 4 + 3 * 1 + 1 * 12] == 23.0f);
}

TEST_CASE("permute accepts negative and trivial orders", "[01.7][hidden]") {
  const Tensor x = make({2, 3}, {1, 2, 3, 4, 5, 6});
  CHECK_THAT(x.permute({-1, 0}), IsTensor({3, 2}, {1, 4, 2, 5, 3, 6}));
  CHECK_THAT(x.permute({0, 1}), IsTensor({2, 3}, {1, 2, 3, 4, 5, 6}));
  CHECK_THAT(make({}, {4}).permute({}), IsTensor({}, {4}));
  CHECK(make({2, 0, 3}, {}).permute({2, 0, 1}).shape() == Shape{3, 2, 0});
}

TEST_CASE("permute notices a dimension named in two ways", "[01.7][hidden]") {
  const Tensor x = make({2, 3, 4}, counting({2, 3, 4}));
  INFO("-1 and 2 are the same dimension.");
  CHECK_THROWS_MATCHES(x.permute({0, 2, -1}), ShapeError,
                       Mentions({"permute", "(0, 2, -1)"}));
  CHECK_THROWS_AS(x.permute({0, 1, 2, 0}), ShapeError);
  CHECK_THROWS_AS(x.permute({0, 1}), ShapeError);
  CHECK_THROWS_AS(x.permute({}), ShapeError);
  CHECK_THROWS_AS(x.permute({0, 1, 3}), IndexError);
  CHECK_THROWS_AS(x.permute({0, 1, -4}), IndexError);
}

TEST_CASE("turning scattered tensors twice restores them", "[01.7][hidden]") {
  const Tensor x = scattered({2, 3, 4}, counting({2, 3, 4}));
  const Tensor back = x.permute({2, 0, 1}).permute({1, 2, 0});
  CHECK_THAT(back, IsTensor({2, 3, 4}, counting({2, 3, 4})));
  CHECK_THAT(x.transpose(0, 1).transpose(0, 1),
             IsTensor({2, 3, 4}, counting({2, 3, 4})));
  CHECK(shares_memory(back, x));
}

// -- 01.8 Slice ---------------------------------------------------------------

TEST_CASE("slice clamps bounds however far outside", "[01.8][hidden]") {
  const Tensor x = make({4}, {0, 1, 2, 3});
  CHECK_THAT(x.slice(0, kLeast, kMost), IsTensor({4}, {0, 1, 2, 3}));
  CHECK_THAT(x.slice(0, -100, -1), IsTensor({3}, {0, 1, 2}));
  CHECK_THAT(x.slice(0, -4, -3), IsTensor({1}, {0}));
  CHECK_THAT(x.slice(0, 3, 5), IsTensor({1}, {3}));
  CHECK_THAT(x.slice(0, 0, kMost, kMost), IsTensor({1}, {0}));
  CHECK_THAT(make({2, 2}, {1, 2, 3, 4}).slice(0, 1, kMost, kMost),
             IsTensor({1, 2}, {3, 4}));
}

TEST_CASE("slice may be empty", "[01.8][hidden]") {
  const Tensor x = make({4, 2}, counting({4, 2}));
  CHECK_THAT(x.slice(0, 3, 1), IsTensor({0, 2}, {}));
  CHECK_THAT(x.slice(0, 2, 2), IsTensor({0, 2}, {}));
  CHECK_THAT(x.slice(0, 4), IsTensor({0, 2}, {}));
  CHECK_THAT(x.slice(1, kMost), IsTensor({4, 0}, {}));
  CHECK_THAT(x.slice(1, 0, kLeast), IsTensor({4, 0}, {}));
  CHECK_THAT(make({0}, {}).slice(0, 0, 5), IsTensor({0}, {}));
  CHECK_THAT(make({0, 3}, {}).slice(1, 1), IsTensor({0, 2}, {}));
}

TEST_CASE("slice rounds the number of steps up", "[01.8][hidden]") {
  const Tensor x = make({7}, counting({7}));
  CHECK_THAT(x.slice(0, 0, 6, 2), IsTensor({3}, {0, 2, 4}));
  CHECK_THAT(x.slice(0, 0, 7, 2), IsTensor({4}, {0, 2, 4, 6}));
  CHECK_THAT(x.slice(0, 1, 6, 3), IsTensor({2}, {1, 4}));
  CHECK_THAT(x.slice(0, 1, 7, 3), IsTensor({2}, {1, 4}));
  CHECK_THAT(x.slice(0, -3, -1, 4), IsTensor({1}, {4}));
}

TEST_CASE("slices of slices add up offsets and steps", "[01.8][hidden]") {
  const Tensor x = make({10}, counting({10}));
  const Tensor odd = x.slice(0, 1, 10, 2);
  CHECK_THAT(odd.slice(0, 1, 5, 2), IsTensor({2}, {3, 7}));
  Tensor last = odd.slice(0, -1);
  CHECK_THAT(last, IsTensor({1}, {9}));
  last.mutable_data()[0] = 90.0f;
  CHECK(x.data()[9] == 90.0f);
}

TEST_CASE("slice follows the strides of any dimension", "[01.8][hidden]") {
  const Tensor x = scattered({3, 4}, counting({3, 4}));
  CHECK_THAT(x.slice(-1, 1, 4, 2), IsTensor({3, 2}, {1, 3, 5, 7, 9, 11}));
  CHECK_THAT(x.slice(-2, 1, 2), IsTensor({1, 4}, {4, 5, 6, 7}));
  CHECK(shares_memory(x.slice(0, 1), x));
  CHECK_THAT(x.slice(0, 2).slice(1, 2), IsTensor({1, 2}, {10, 11}));
}

TEST_CASE("slice refuses steps below 1 and wrong dimensions",
          "[01.8][hidden]") {
  const Tensor x = make({2, 3}, counting({2, 3}));
  CHECK_THROWS_MATCHES(x.slice(0, 2, 0, -1), ValueError,
                       Mentions({"slice", "-1"}));
  CHECK_THROWS_AS(x.slice(0, 0, 2, kLeast), ValueError);
  CHECK_THROWS_MATCHES(x.slice(2, 0), IndexError, Mentions({"slice", "2"}));
  CHECK_THROWS_AS(x.slice(-3, 0), IndexError);
  CHECK_THROWS_AS(make({}, {1}).slice(0, 0), IndexError);
}

// -- 01.9 Broadcasting --------------------------------------------------------

TEST_CASE("broadcasting does not depend on the order", "[01.9][hidden]") {
  CHECK(broadcast_shapes("f", {4}, {3, 4}) == Shape{3, 4});
  CHECK(broadcast_shapes("f", {3, 1}, {1, 4}) == Shape{3, 4});
  CHECK(broadcast_shapes("f", {1, 4}, {3, 1}) == Shape{3, 4});
  CHECK(broadcast_shapes("f", {2, 1, 4}, {3, 1}) == Shape{2, 3, 4});
  CHECK(broadcast_shapes("f", {3, 1}, {2, 1, 4}) == Shape{2, 3, 4});
  CHECK(broadcast_shapes("f", {}, {2, 3}) == Shape{2, 3});
  CHECK(broadcast_shapes("f", {2, 3}, {}) == Shape{2, 3});
  CHECK(broadcast_shapes("f", {}, {}) == Shape{});
  CHECK(broadcast_shapes("f", {1}, {1, 1}) == Shape{1, 1});
}

TEST_CASE("an extent of 0 broadcasts only with 0 and 1", "[01.9][hidden]") {
  CHECK(broadcast_shapes("f", {0}, {1}) == Shape{0});
  CHECK(broadcast_shapes("f", {1}, {0}) == Shape{0});
  CHECK(broadcast_shapes("f", {0}, {0}) == Shape{0});
  CHECK(broadcast_shapes("f", {0, 3}, {3}) == Shape{0, 3});
  CHECK(broadcast_shapes("f", {3, 1}, {0}) == Shape{3, 0});
  CHECK_THROWS_AS(broadcast_shapes("f", {0}, {2}), ShapeError);
  CHECK_THROWS_AS(broadcast_shapes("f", {2}, {0}), ShapeError);
}

TEST_CASE("extents that divide each other still do not fit", "[01.9][hidden]") {
  CHECK_THROWS_MATCHES(broadcast_shapes("divide", {2, 3}, {2, 6}), ShapeError,
                       Mentions({"divide", "(2, 3)", "(2, 6)"}));
  CHECK_THROWS_AS(broadcast_shapes("f", {2, 3}, {2}), ShapeError);
  CHECK_THROWS_AS(broadcast_shapes("f", {2}, {2, 3}), ShapeError);
  CHECK_THROWS_AS(broadcast_shapes("f", {5, 2, 3}, {4, 1, 3}), ShapeError);
}

TEST_CASE("broadcast_to repeats inner and outer dimensions", "[01.9][hidden]") {
  const Tensor column = make({2, 1}, {1, 2});
  CHECK_THAT(column.broadcast_to({2, 3}), IsTensor({2, 3}, {1, 1, 1, 2, 2, 2}));
  CHECK_THAT(column.broadcast_to({2, 2, 2}),
             IsTensor({2, 2, 2}, {1, 1, 2, 2, 1, 1, 2, 2}));
  CHECK_THAT(make({}, {7}).broadcast_to({2, 2}),
             IsTensor({2, 2}, {7, 7, 7, 7}));
  CHECK_THAT(column.broadcast_to({2, 1}), IsTensor({2, 1}, {1, 2}));
  const Tensor block = make({2, 1, 3}, counting({2, 1, 3}));
  CHECK_THAT(block.broadcast_to({1, 2, 2, 3}),
             IsTensor({1, 2, 2, 3}, {0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5}));
}

TEST_CASE("broadcast_to follows strides and offset", "[01.9][hidden]") {
  const Tensor x = scattered({3, 1}, {1, 2, 3});
  const Tensor wide = x.broadcast_to({2, 3, 2});
  CHECK_THAT(wide, IsTensor({2, 3, 2}, {1, 1, 2, 2, 3, 3, 1, 1, 2, 2, 3, 3}));
  CHECK(shares_memory(wide, x));
  CHECK(wide.strides()[0] == 0);
  CHECK(wide.strides()[2] == 0);
}

TEST_CASE("broadcast_to may lead to no elements", "[01.9][hidden]") {
  CHECK_THAT(make({1}, {5}).broadcast_to({0}), IsTensor({0}, {}));
  CHECK_THAT(make({0}, {}).broadcast_to({3, 0}), IsTensor({3, 0}, {}));
  CHECK_THROWS_AS(make({0}, {}).broadcast_to({1}), ShapeError);
  CHECK_THROWS_AS(make({2}, {1, 2}).broadcast_to({0}), ShapeError);
}

TEST_CASE("broadcast_to only ever grows", "[01.9][hidden]") {
  const Tensor x = make({2, 1, 3}, counting({2, 1, 3}));
  CHECK_THROWS_AS(x.broadcast_to({2, 3}), ShapeError);
  CHECK_THROWS_AS(x.broadcast_to({1, 1, 3}), ShapeError);
  CHECK_THROWS_AS(x.broadcast_to({}), ShapeError);
  CHECK_THROWS_AS(x.broadcast_to({4, 1, 3}), ShapeError);
  CHECK_THROWS_AS(make({1}, {1}).broadcast_to({kHuge, kHuge}), ShapeError);
  CHECK_THROWS_MATCHES(make({2}, {1, 2}).broadcast_to({1}), ShapeError,
                       Mentions({"broadcast_to", "(2,)", "(1,)"}));
}
