// Sizes and strides, construction, element access, contiguous memory.
#include "support/tensors.hpp"

using test::counting;
using test::IsTensor;
using test::kNaN;
using test::make;
using test::Mentions;
using test::scattered;
using test::shares_memory;
using tinytorch::IndexError;
using tinytorch::numel;
using tinytorch::row_major_strides;
using tinytorch::Shape;
using tinytorch::ShapeError;
using tinytorch::Strides;
using tinytorch::Tensor;
using tinytorch::ValueError;

namespace {

constexpr std::int64_t kHuge = std::int64_t{1} << 40;
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

/// Rows 1 and 2 of a 4 x 2 matrix: contiguous, but it begins at offset 2.
Tensor middle_rows(const Tensor& whole) {
  return Tensor::view(whole.storage(), {2, 2}, {2, 1}, 2);
}

}  // namespace

// -- 01.1 Sizes and strides ---------------------------------------------------

TEST_CASE("numel counts up to the largest 64-bit number", "[01.1][hidden]") {
  CHECK(numel({kMost}) == kMost);
  CHECK(numel({1, kMost, 1}) == kMost);
  // 3037000499 is the largest number whose square fits into 63 bits.
  CHECK(numel({3037000499, 3037000499}) == 9223372030926249001);
}

TEST_CASE("numel refuses a product beyond 64 bits", "[01.1][hidden]") {
  CHECK_THROWS_AS(numel({3037000500, 3037000500}), ShapeError);
  CHECK_THROWS_AS(numel({kMost, 2}), ShapeError);
  INFO("2^80: its lowest 64 bits are 0, which must not pass for empty.");
  CHECK_THROWS_MATCHES(numel({kHuge, kHuge}), ShapeError,
                       Mentions({"1099511627776"}));
}

TEST_CASE("an extent of 0 hides no impossible extent", "[01.1][hidden]") {
  CHECK_THROWS_AS(numel({0, -1}), ShapeError);
  CHECK_THROWS_AS(numel({-1, 0}), ShapeError);
  CHECK_THROWS_AS(numel({0, kHuge, kHuge}), ShapeError);
  CHECK_THROWS_AS(numel({kHuge, kHuge, 0}), ShapeError);
  CHECK(numel({kHuge, 0, 1000}) == 0);
}

TEST_CASE("two negative extents do not make a positive size",
          "[01.1][hidden]") {
  CHECK_THROWS_AS(numel({-2, -3}), ShapeError);
  CHECK_THROWS_AS(numel({kLeast}), ShapeError);
}

TEST_CASE("strides count an extent of 0 as 1", "[01.1][hidden]") {
  CHECK(row_major_strides({2, 0, 3}) == Strides{3, 3, 1});
  CHECK(row_major_strides({0}) == Strides{1});
  CHECK(row_major_strides({4, 0}) == Strides{1, 1});
}

TEST_CASE("strides of extents of 1 follow the same rule", "[01.1][hidden]") {
  CHECK(row_major_strides({5, 1, 3}) == Strides{3, 3, 1});
  CHECK(row_major_strides({1, 1, 1}) == Strides{1, 1, 1});
  CHECK(row_major_strides({2, 3, 4, 5}) == Strides{60, 20, 5, 1});
}

TEST_CASE("strides of an impossible shape are refused", "[01.1][hidden]") {
  CHECK_THROWS_AS(row_major_strides({2, -1}), ShapeError);
  CHECK_THROWS_AS(row_major_strides({kHuge, kHuge, kHuge}), ShapeError);
}

// -- 01.2 A tensor from values ------------------------------------------------

TEST_CASE("a tensor copies the values it is given", "[01.2][hidden]") {
  std::vector<float> numbers{1, 2, 3};
  const Tensor x({3}, numbers);
  const Tensor y({3}, numbers);
  numbers[0] = 99.0f;
  CHECK_THAT(x, IsTensor({3}, {1, 2, 3}));
  CHECK_FALSE(shares_memory(x, y));
}

TEST_CASE("a tensor from values may be a scalar or empty", "[01.2][hidden]") {
  CHECK_THAT(Tensor(Shape{}, {5}), IsTensor({}, {5}));
  CHECK_THAT(Tensor({0}, std::vector<float>{}), IsTensor({0}, {}));
  CHECK_THAT(Tensor({2, 0, 3}, std::vector<float>{}), IsTensor({2, 0, 3}, {}));
}

TEST_CASE("too many values are refused as too few are", "[01.2][hidden]") {
  CHECK_THROWS_MATCHES(Tensor({2, 2}, {1, 2, 3, 4, 5}), ShapeError,
                       Mentions({"Tensor", "(2, 2)", "5"}));
  CHECK_THROWS_AS(Tensor({2}, std::vector<float>{}), ShapeError);
  CHECK_THROWS_AS(Tensor({0}, {1}), ShapeError);
  INFO("A scalar has one value, not none.");
  CHECK_THROWS_AS(Tensor(Shape{}, std::vector<float>{}), ShapeError);
}

TEST_CASE("values for a negative shape are refused", "[01.2][hidden]") {
  CHECK_THROWS_AS(Tensor({-2, -3}, {1, 2, 3, 4, 5, 6}), ShapeError);
  CHECK_THROWS_AS(Tensor({-1}, {1}), ShapeError);
}

// -- 01.3 Element access ------------------------------------------------------

TEST_CASE("elements are found through strides and offset", "[01.3][hidden]") {
  Tensor x = scattered({2, 3}, {1, 2, 3, 4, 5, 6});
  REQUIRE(x.offset() != 0);
  CHECK(x.at({0, 0}) == 1.0f);
  CHECK(x.at({0, 1}) == 2.0f);
  CHECK(x.at({1, 0}) == 4.0f);
  CHECK(x.at({-1, -1}) == 6.0f);
  x.set({1, 0}, 40.0f);
  x.set({-2, -1}, 30.0f);
  CHECK_THAT(x, IsTensor({2, 3}, {1, 2, 30, 40, 5, 6}));
}

TEST_CASE("set writes for every tensor that shares the memory",
          "[01.3][hidden]") {
  const Tensor whole = make({4, 2}, counting({4, 2}));
  Tensor part = middle_rows(whole);
  Tensor handle = part;
  handle.set({0, 1}, 30.0f);
  CHECK_THAT(part, IsTensor({2, 2}, {2, 30, 4, 5}));
  CHECK_THAT(whole, IsTensor({4, 2}, {0, 1, 2, 30, 4, 5, 6, 7}));
}

TEST_CASE("each coordinate is checked against its own dimension",
          "[01.3][hidden]") {
  const Tensor x = make({2, 3}, counting({2, 3}));
  INFO("(0, 3) and (2, -3) would lie inside the memory: still out of range.");
  CHECK_THROWS_AS(x.at({0, 3}), IndexError);
  CHECK_THROWS_AS(x.at({2, -3}), IndexError);
  CHECK_THROWS_AS(x.at({-3, 0}), IndexError);
  CHECK_THROWS_AS(x.at({1, -4}), IndexError);
  CHECK_THROWS_AS(x.at({kMost, 0}), IndexError);
  CHECK_THROWS_AS(x.at({kLeast, 0}), IndexError);
  CHECK(x.at({-2, -3}) == 0.0f);
}

TEST_CASE("the number of coordinates is the rank", "[01.3][hidden]") {
  Tensor x = make({2, 3}, counting({2, 3}));
  CHECK_THROWS_MATCHES(x.at({1}), IndexError, Mentions({"at", "(2, 3)"}));
  CHECK_THROWS_AS(x.at({0, 0, 0}), IndexError);
  CHECK_THROWS_AS(x.at({}), IndexError);
  CHECK_THROWS_AS(x.set({1}, 0.0f), IndexError);
  CHECK_THROWS_AS(make({}, {5}).at({0}), IndexError);
  CHECK(make({}, {5}).at({}) == 5.0f);
}

TEST_CASE("a refused set changes nothing", "[01.3][hidden]") {
  Tensor x = make({2, 3}, counting({2, 3}));
  CHECK_THROWS_MATCHES(x.set({0, 3}, 9.0f), IndexError,
                       Mentions({"set", "(2, 3)"}));
  CHECK_THROWS_AS(x.set({0, -4}, 9.0f), IndexError);
  CHECK_THAT(x, IsTensor({2, 3}, counting({2, 3})));
}

TEST_CASE("an empty dimension has no valid coordinate", "[01.3][hidden]") {
  const Tensor none = make({2, 0}, {});
  CHECK_THROWS_AS(none.at({0, 0}), IndexError);
  CHECK_THROWS_AS(none.at({0, -1}), IndexError);
}

TEST_CASE("item reads a single element at an offset", "[01.3][hidden]") {
  const Tensor whole = make({3}, {1, 2, 3});
  CHECK(Tensor::view(whole.storage(), {1, 1}, {7, 7}, 2).item() == 3.0f);
  CHECK(Tensor::view(whole.storage(), {}, {}, 1).item() == 2.0f);
}

TEST_CASE("item refuses a tensor without elements", "[01.3][hidden]") {
  CHECK_THROWS_MATCHES(make({0}, {}).item(), ValueError,
                       Mentions({"item", "(0,)"}));
  CHECK_THROWS_AS(make({1, 0}, {}).item(), ValueError);
  CHECK_THROWS_AS(make({1, 2}, {1, 2}).item(), ValueError);
}

// -- 01.5 Contiguous memory ---------------------------------------------------

TEST_CASE("strides of extents of 1 do not make a tensor scattered",
          "[01.5][hidden]") {
  const Tensor x = make({6}, counting({6}));
  const auto view = [&x](const Shape& shape, const Strides& strides) {
    return Tensor::view(x.storage(), shape, strides, 0);
  };
  CHECK(view({1, 3}, {99, 1}).is_contiguous());
  CHECK(view({3, 1}, {1, 77}).is_contiguous());
  CHECK(view({2, 1, 3}, {3, 50, 1}).is_contiguous());
  CHECK(view({1, 1}, {0, 0}).is_contiguous());
  CHECK(view({}, {}).is_contiguous());
  INFO("An extent of 1 in the middle does not hide a gap around it.");
  CHECK_FALSE(view({2, 1, 2}, {3, 1, 1}).is_contiguous());
}

TEST_CASE("gaps and repetitions are not contiguous", "[01.5][hidden]") {
  const Tensor x = make({8}, counting({8}));
  const auto view = [&x](const Shape& shape, const Strides& strides) {
    return Tensor::view(x.storage(), shape, strides, 0);
  };
  CHECK_FALSE(view({2, 2}, {3, 1}).is_contiguous());
  CHECK_FALSE(view({3}, {2}).is_contiguous());
  CHECK_FALSE(view({3}, {0}).is_contiguous());
  CHECK_FALSE(view({2, 3}, {0, 1}).is_contiguous());
  CHECK_FALSE(view({2, 2, 2}, {2, 4, 1}).is_contiguous());
}

TEST_CASE("an empty tensor is contiguous whatever its strides",
          "[01.5][hidden]") {
  const Tensor x = make({4}, counting({4}));
  CHECK(Tensor::view(x.storage(), {0, 3}, {17, 5}, 0).is_contiguous());
  CHECK(Tensor::view(x.storage(), {3, 0}, {17, 5}, 0).is_contiguous());
}

TEST_CASE("contiguous keeps a part that is in order already",
          "[01.5][hidden]") {
  const Tensor whole = make({4, 2}, counting({4, 2}));
  const Tensor part = middle_rows(whole);
  CHECK(part.is_contiguous());
  const Tensor same = part.contiguous();
  CHECK(shares_memory(same, whole));
  CHECK_THAT(same, IsTensor({2, 2}, {2, 3, 4, 5}));
}

TEST_CASE("contiguous untangles strides of any rank", "[01.5][hidden]") {
  for (const Shape& shape :
       {Shape{5}, Shape{3, 4}, Shape{2, 3, 4}, Shape{2, 3, 1, 4}}) {
    CAPTURE(shape);
    const Tensor x = scattered(shape, counting(shape));
    const Tensor y = x.contiguous();
    CHECK_THAT(y, IsTensor(shape, counting(shape)));
    CHECK(y.strides() == row_major_strides(shape));
    CHECK_FALSE(shares_memory(x, y));
    CHECK_THAT(x, IsTensor(shape, counting(shape)));
  }
}

TEST_CASE("a clone holds its own elements and no more", "[01.5][hidden]") {
  const Tensor whole = make({4, 2}, counting({4, 2}));
  const Tensor copy = middle_rows(whole).clone();
  CHECK_THAT(copy, IsTensor({2, 2}, {2, 3, 4, 5}));
  CHECK(copy.storage()->size() == 4);
  CHECK_FALSE(shares_memory(copy, whole));
}

TEST_CASE("a clone of a scattered tensor is in order", "[01.5][hidden]") {
  const Tensor x = scattered({2, 3}, {1, 2, 3, 4, 5, 6});
  Tensor copy = x.clone();
  CHECK(copy.strides() == Strides{3, 1});
  CHECK_THAT(copy, IsTensor({2, 3}, {1, 2, 3, 4, 5, 6}));
  copy.mutable_data()[5] = 99.0f;
  CHECK_THAT(x, IsTensor({2, 3}, {1, 2, 3, 4, 5, 6}));
}

TEST_CASE("a clone of repeated elements has each in its own place",
          "[01.5][hidden]") {
  const Tensor row = make({2}, {1, 2});
  Tensor copy = Tensor::view(row.storage(), {3, 2}, {0, 1}, 0).clone();
  copy.mutable_data()[0] = 9.0f;
  CHECK_THAT(copy, IsTensor({3, 2}, {9, 2, 1, 2, 1, 2}));
}

TEST_CASE("scalars and empty tensors can be cloned", "[01.5][hidden]") {
  CHECK_THAT(make({}, {kNaN}).clone(), IsTensor({}, {kNaN}));
  CHECK_THAT(make({0, 3}, {}).clone(), IsTensor({0, 3}, {}));
  CHECK_THAT(make({3, 0}, {}).contiguous(), IsTensor({3, 0}, {}));
}
