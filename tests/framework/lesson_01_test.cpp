// Every number that the lesson of module 01 states, in the lesson's order.
#include "support/catch.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::kNaN;
using test::Mentions;

namespace {

Tensor example() { return Tensor{{1, 2, 3}, {4, 5, 6}}; }

/// Whether a tensor has the row of the lesson's table of views.
void check_layout(const Tensor& tensor, const Shape& shape,
                  const Strides& strides, std::int64_t offset,
                  const std::vector<float>& elements) {
  CHECK(tensor.shape() == shape);
  CHECK(tensor.strides() == strides);
  CHECK(tensor.offset() == offset);
  CHECK(test::values(tensor) == elements);
}

std::int64_t live_bytes() { return memory_stats().live_bytes; }

/// How many blocks of memory `make` allocates.
template <class Make>
std::int64_t allocations(Make make) {
  const std::int64_t before = memory_stats().allocations;
  const Tensor kept = make();
  return memory_stats().allocations - before;
}

}  // namespace

TEST_CASE("lesson 01: shape and strides and offset find every element") {
  const Tensor x = example();
  check_layout(x, {2, 3}, {3, 1}, 0, {1, 2, 3, 4, 5, 6});
  CHECK(x.data()[0 + 1 * 3 + 2 * 1] == 6);
  CHECK(x.at({1, 2}) == 6);
  CHECK(row_major_strides({2, 3, 4}) == Strides{12, 4, 1});
}

TEST_CASE("lesson 01: the table of views") {
  const Tensor x = example();
  const Tensor transposed = x.transpose();
  const Tensor column = x.slice(1, 1, 2);
  const Tensor row = x.slice(0, 1);
  const Tensor reshaped = x.reshape({3, 2});
  check_layout(transposed, {3, 2}, {1, 3}, 0, {1, 4, 2, 5, 3, 6});
  check_layout(column, {2, 1}, {3, 1}, 1, {2, 5});
  check_layout(row, {1, 3}, {3, 1}, 3, {4, 5, 6});
  check_layout(reshaped, {3, 2}, {2, 1}, 0, {1, 2, 3, 4, 5, 6});
  for (const Tensor& view : {transposed, column, row, reshaped}) {
    CHECK(view.storage() == x.storage());
  }
  CHECK(transposed.data()[2 * 1 + 1 * 3] == 6);
}

TEST_CASE("lesson 01: writing through the transpose changes the original") {
  const Tensor x = example();
  x.transpose().set({2, 1}, 99);
  CHECK(x.at({1, 2}) == 99);
}

TEST_CASE("lesson 01: which views are contiguous and what flattening copies") {
  const Tensor x = example();
  CHECK(x.is_contiguous());
  CHECK(x.slice(0, 1).is_contiguous());
  CHECK_FALSE(x.transpose().is_contiguous());
  CHECK_FALSE(x.slice(1, 1, 2).is_contiguous());
  const Tensor flat = x.transpose().reshape({6});
  CHECK_THAT(flat, IsTensor({6}, {1, 4, 2, 5, 3, 6}));
  CHECK(flat.storage() != x.storage());
}

TEST_CASE("lesson 01: broadcasting is a view with stride 0") {
  const Tensor bias{10, 20, 30};
  const Tensor rows = bias.broadcast_to({2, 3});
  check_layout(rows, {2, 3}, {0, 1}, 0, {10, 20, 30, 10, 20, 30});
  CHECK(rows.storage() == bias.storage());
  CHECK_THAT(example() + bias, IsTensor({2, 3}, {11, 22, 33, 14, 25, 36}));
}

TEST_CASE("lesson 01: the table of broadcast shapes") {
  CHECK(broadcast_shapes("add", {3, 4}, {4}) == Shape{3, 4});
  CHECK(broadcast_shapes("add", {3, 4}, {3, 1}) == Shape{3, 4});
  CHECK_THROWS_MATCHES(broadcast_shapes("add", {3, 4}, {3}), ShapeError,
                       Mentions({"4 and 3"}));
  CHECK(broadcast_shapes("add", {2, 3, 4}, {3, 4}) == Shape{2, 3, 4});
}

TEST_CASE("lesson 01: the axis that is named disappears") {
  const Tensor x = example();
  CHECK_THAT(x.sum(0), IsTensor({3}, {5, 7, 9}));
  CHECK_THAT(x.sum(1), IsTensor({2}, {6, 15}));
  CHECK_THAT(x.sum(), IsTensor({}, {21}));
  CHECK_THAT(x.sum(1, true), IsTensor({2, 1}, {6, 15}));
}

TEST_CASE("lesson 01: the matrix product by hand") {
  const Tensor weight{{1, 0}, {0, 1}, {1, 1}};
  CHECK_THAT(example().matmul(weight), IsTensor({2, 2}, {4, 5, 10, 11}));
  // Ones count multiply-adds.
  CHECK(Tensor::ones({2, 3}).matmul(Tensor::ones({3, 2})).sum().item() == 12);
}

TEST_CASE("lesson 01: a tensor is a handle and clone is not") {
  const Tensor a{1, 2};
  Tensor b = a;
  Tensor c = a.clone();
  b.set({0}, 7);
  c.set({1}, 8);
  CHECK_THAT(a, IsTensor({2}, {7, 2}));
}

TEST_CASE("lesson 01: data starts at the offset") {
  const Tensor row = example().slice(0, 1);
  CHECK(row.offset() == 3);
  CHECK(*row.data() == 4);
}

TEST_CASE("lesson 01: braces and parentheses differ") {
  CHECK(Tensor{3}.shape() == Shape{1});
  CHECK(Tensor(3.0f).shape() == Shape{});
  CHECK_THAT(Tensor({2, 3}, {1, 2, 3, 4, 5, 6}),
             IsTensor({2, 3}, {1, 2, 3, 4, 5, 6}));
  CHECK_THAT((Tensor{{2, 3}, {1, 2}}), IsTensor({2, 2}, {2, 3, 1, 2}));
}

TEST_CASE("lesson 01: true is axis 1") {
  const Tensor x = example();
  CHECK_THAT(x.sum(true), IsTensor({2}, {6, 15}));
  CHECK_THAT(x.sum({}, true), IsTensor({1, 1}, {21}));
}

TEST_CASE("lesson 01: facts in the task descriptions") {
  CHECK_THROWS_AS(numel({1LL << 40, 1LL << 40, 0}), ShapeError);
  CHECK((Tensor{{5}}.item()) == 5);
  CHECK_THROWS_AS(example().reshape({-1, 4}), ShapeError);
  CHECK(Tensor::arange(0, 5).slice(0, 0, 5, 2).shape() == Shape{3});
  CHECK(broadcast_shapes("add", {1}, {0}) == Shape{0});
  CHECK(Tensor::ones({2, 3}).broadcast_to({4, 2, 3}).shape() == Shape{4, 2, 3});
  CHECK_THROWS_AS(Tensor::ones({2, 3}).broadcast_to({3}), ShapeError);
  CHECK_THAT(Tensor::ones({2, 0}).matmul(Tensor::ones({0, 1})),
             IsTensor({2, 1}, {0, 0}));
  CHECK_THAT(Tensor::ones({0}).mean(), IsTensor({}, {kNaN}));
}

TEST_CASE("lesson 01: a double keeps what a float loses") {
  const float large = 16777216.0f;  // 2^24
  CHECK(large + 1.0f == large);
  CHECK((Tensor{large, 1, 1}.sum().item()) == 16777218.0f);
}

TEST_CASE("lesson 01: adding steps drifts and multiplying does not") {
  float added = 0.0f;
  for (int i = 0; i < 10; ++i) added += 0.1f;
  CHECK(added != 1.0f);
  CHECK(Tensor::arange(0, 2, 0.1f).at({10}) == 1.0f);
}

TEST_CASE("lesson 01: what allocates and what does not") {
  const Tensor x = example(), transposed = x.transpose();
  CHECK(allocations([&] { return x.transpose(); }) == 0);
  CHECK(allocations([&] { return x.permute({1, 0}); }) == 0);
  CHECK(allocations([&] { return x.slice(1, 0, 2); }) == 0);
  CHECK(allocations([&] { return x.broadcast_to({4, 2, 3}); }) == 0);
  CHECK(allocations([&] { return x.reshape({6}); }) == 0);
  CHECK(allocations([&] { return x.contiguous(); }) == 0);
  CHECK(allocations([&] { return transposed.reshape({6}); }) == 1);
  CHECK(allocations([&] { return transposed.contiguous(); }) == 1);
  CHECK(allocations([&] { return x + x; }) == 1);
  CHECK(allocations([&] { return x.clone(); }) == 1);
}

TEST_CASE("lesson 01: messages as the lesson quotes them") {
  const Tensor x = example();
  CHECK_THROWS_MATCHES(
      x.matmul(Tensor{{1, 2}, {3, 4}}), ShapeError,
      Mentions({"matmul: cannot multiply (2, 3) by (2, 2): the inner "
                "dimensions 3 and 2 must be equal"}));
  CHECK_THROWS_MATCHES(
      (x + Tensor{1, 2}), ShapeError,
      Mentions({"add: shapes (2, 3) and (2,) do not broadcast: compared from "
                "the right, extents must be equal or 1, not 3 and 2"}));
  CHECK_THROWS_MATCHES(
      Tensor::arange(0, 12).reshape({5, 5}), ShapeError,
      Mentions({"reshape: cannot turn shape (12,) with 12 elements into (5, 5) "
                "with 25: the numbers of elements must be equal"}));
  CHECK_THROWS_MATCHES(x.sum(2), IndexError,
                       Mentions({"sum: axis 2 is out of range for a tensor of "
                                 "rank 2: use -2 to 1"}));
  CHECK_THROWS_MATCHES(
      Tensor::view(x.storage(), {2, 3}, {3, 1}, 1), ShapeError,
      Mentions({"view: shape (2, 3) with strides (3, 1) and offset 1 reaches "
                "outside a storage of 6 elements"}));
  CHECK_THROWS_MATCHES(numel({6, -1}), ShapeError,
                       Mentions({"numel: shape (6, -1) has a negative extent: "
                                 "extents are 0 or more"}));
}

TEST_CASE("lesson 01: question 1 the memory of a batch of images") {
  const std::int64_t before = live_bytes();
  Tensor images = Tensor::empty({128, 3, 224, 224});
  CHECK(live_bytes() - before == 77'070'336);
  images = Tensor();
  images = Tensor::empty({32, 3, 224, 224});
  CHECK(live_bytes() - before == 19'267'584);
}

TEST_CASE("lesson 01: question 2 the memory that broadcasting saves") {
  const std::int64_t before = live_bytes();
  const Tensor vector = Tensor::ones({768});
  const Tensor view = vector.broadcast_to({32, 512, 768});
  CHECK(view.strides() == Strides{0, 0, 1});
  CHECK(live_bytes() - before == 3'072);
  const Tensor copy = view.contiguous();
  CHECK(copy.size() * 4 == 50'331'648);
  CHECK(live_bytes() - before == 50'334'720);
}

TEST_CASE("lesson 01: question 3 twice the size is eight times the work") {
  // Each element of a product of ones counts the multiply-adds behind it.
  const Tensor small = Tensor::ones({100, 100}),
               large = Tensor::ones({200, 200});
  CHECK(small.matmul(small).sum().item() == 1e6f);
  CHECK(large.matmul(large).sum().item() == 8e6f);
  CHECK(numel({2000, 2000}) == 4 * numel({1000, 1000}));
}

TEST_CASE("lesson 01: question 4 the shape of a broadcast sum") {
  CHECK(broadcast_shapes("add", {32, 1, 768}, {512, 768}) ==
        Shape{32, 512, 768});
}

TEST_CASE("lesson 01: question 5 a view and a copy") {
  const Tensor x{1, 2, 3, 4};
  Tensor view = x.reshape({2, 2}), copy = x + 0;
  view.set({0, 0}, 99);
  CHECK_THAT(x, IsTensor({4}, {99, 2, 3, 4}));
  CHECK_THAT(copy, IsTensor({4}, {1, 2, 3, 4}));
}

TEST_CASE("lesson 01: question 6 contiguous slices") {
  const Tensor x = example();
  CHECK(x.slice(0, 0, 1).is_contiguous());
  CHECK_FALSE(x.slice(1, 0, 2).is_contiguous());
  CHECK(x.slice(1, 0, 2).strides() == Strides{3, 1});
  CHECK(x.transpose().transpose().is_contiguous());
}

TEST_CASE("lesson 01: question 7 why keepdims exists") {
  const Tensor x = example();
  CHECK_THROWS_AS(x - x.mean(1), ShapeError);
  CHECK_THAT(x - x.mean(1, true), IsTensor({2, 3}, {-1, 0, 1, -1, 0, 1}));
  const Tensor square{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}};
  // The means of the rows are 2, 5 and 8.
  CHECK_THAT(square - square.mean(1),
             IsTensor({3, 3}, {-1, -3, -5, 2, 0, -2, 5, 3, 1}));
  CHECK_THAT(square - square.mean(1, true),
             IsTensor({3, 3}, {-1, 0, 1, -1, 0, 1, -1, 0, 1}));
}
