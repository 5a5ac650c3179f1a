// 05.6 Rule of the matrix product: what a plausible mistake would get wrong.
#include "support/gradients.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::gradients_of;
using test::IsTensor;
using test::make;
using test::scattered;

namespace {

const std::vector<float> kSix = {1, 2, 3, 4, 5, 6};

}  // namespace

TEST_CASE("the gradient of a vector times a matrix", "[05.6][hidden]") {
  // c = a B, a (2), B (2, 3): da = B g, dB = a g^T.
  const auto gradients =
      gradients_of({"matmul", {make({2}, {10, 20}), make({2, 3}, kSix)}},
                   make({3}, {1, 0, 2}));
  CHECK_THAT(gradients.at(0), IsTensor({2}, {7, 16}));
  CHECK_THAT(gradients.at(1), IsTensor({2, 3}, {10, 0, 20, 20, 0, 40}));
}

TEST_CASE("the gradient of a matrix times a vector", "[05.6][hidden]") {
  // c = A b, A (2, 3), b (3): dA = g b^T, db = A^T g.
  const auto gradients =
      gradients_of({"matmul", {make({2, 3}, kSix), make({3}, {10, 20, 30})}},
                   make({2}, {1, 2}));
  CHECK_THAT(gradients.at(0), IsTensor({2, 3}, {10, 20, 30, 20, 40, 60}));
  CHECK_THAT(gradients.at(1), IsTensor({3}, {9, 12, 15}));
}

TEST_CASE("the gradient of a stack times a vector", "[05.6][hidden]") {
  // (2, 1, 3) x (3) -> (2, 1).
  const auto gradients =
      gradients_of({"matmul", {make({2, 1, 3}, kSix), make({3}, {10, 20, 30})}},
                   make({2, 1}, {1, 2}));
  CHECK_THAT(gradients.at(0), IsTensor({2, 1, 3}, {10, 20, 30, 20, 40, 60}));
  CHECK_THAT(gradients.at(1), IsTensor({3}, {9, 12, 15}));
}

TEST_CASE("the gradient of a vector times a stack", "[05.6][hidden]") {
  // (3) x (2, 3, 1) -> (2, 1): the vector meets both matrices.
  const auto gradients =
      gradients_of({"matmul", {make({3}, {10, 20, 30}), make({2, 3, 1}, kSix)}},
                   make({2, 1}, {1, 2}));
  CHECK_THAT(gradients.at(0), IsTensor({3}, {9, 12, 15}));
  CHECK_THAT(gradients.at(1), IsTensor({2, 3, 1}, {10, 20, 30, 20, 40, 60}));
}

TEST_CASE("the gradient of a stack of products", "[05.6][hidden]") {
  // (2, 1, 2) x (2, 2, 1): two independent dot products.
  const auto gradients = gradients_of(
      {"matmul",
       {make({2, 1, 2}, {1, 2, 3, 4}), make({2, 2, 1}, {5, 6, 7, 8})}},
      make({2, 1, 1}, {1, 10}));
  CHECK_THAT(gradients.at(0), IsTensor({2, 1, 2}, {5, 6, 70, 80}));
  CHECK_THAT(gradients.at(1), IsTensor({2, 2, 1}, {1, 2, 30, 40}));
}

TEST_CASE("a matrix on the left of a stack gets the sum", "[05.6][hidden]") {
  // (1, 2) x (2, 2, 1) -> (2, 1, 1).
  const auto gradients = gradients_of(
      {"matmul", {make({1, 2}, {1, 2}), make({2, 2, 1}, {5, 6, 7, 8})}},
      make({2, 1, 1}, {1, 10}));
  CHECK_THAT(gradients.at(0), IsTensor({1, 2}, {75, 86}));
  CHECK_THAT(gradients.at(1), IsTensor({2, 2, 1}, {1, 2, 10, 20}));
}

TEST_CASE("both sides of a matrix product may be broadcast", "[05.6][hidden]") {
  // (2, 1, 1, 2) x (3, 2, 1) -> (2, 3, 1, 1): c[i, j] = a[i] . b[j].
  const auto gradients = gradients_of(
      {"matmul", {make({2, 1, 1, 2}, {1, 2, 3, 4}), make({3, 2, 1}, kSix)}},
      make({2, 3, 1, 1}, {1, 0, 2, 0, 10, 0}));
  // da[0] = b[0] + 2 b[2], da[1] = 10 b[1].
  CHECK_THAT(gradients.at(0), IsTensor({2, 1, 1, 2}, {11, 14, 30, 40}));
  // db[0] = a[0], db[1] = 10 a[1], db[2] = 2 a[0].
  CHECK_THAT(gradients.at(1), IsTensor({3, 2, 1}, {1, 2, 30, 40, 2, 4}));
}

TEST_CASE("a batch dimension of extent 1 stays in the gradient",
          "[05.6][hidden]") {
  // (1, 1, 2) x (2, 2, 1) -> (2, 1, 1).
  const auto gradients = gradients_of(
      {"matmul", {make({1, 1, 2}, {1, 2}), make({2, 2, 1}, {5, 6, 7, 8})}},
      make({2, 1, 1}, {1, 10}));
  CHECK_THAT(gradients.at(0), IsTensor({1, 1, 2}, {75, 86}));
  const auto swapped = gradients_of(
      {"matmul", {make({2, 1, 2}, {5, 6, 7, 8}), make({1, 2, 1}, {1, 2})}},
      make({2, 1, 1}, {1, 10}));
  CHECK_THAT(swapped.at(1), IsTensor({1, 2, 1}, {75, 86}));
}

TEST_CASE("the rule of matmul takes scattered memory by index",
          "[05.6][hidden]") {
  const auto gradients = gradients_of(
      {"matmul",
       {scattered({2, 3}, kSix), scattered({3, 2}, {1, 2, 3, 4, 5, 6})}},
      scattered({2, 2}, {1, 2, 3, 4}));
  // g B^T and A^T g.
  CHECK_THAT(gradients.at(0), IsTensor({2, 3}, {5, 11, 17, 11, 25, 39}));
  CHECK_THAT(gradients.at(1), IsTensor({3, 2}, {13, 18, 17, 24, 21, 30}));
  const auto stack = gradients_of(
      {"matmul", {scattered({2, 1, 3}, kSix), scattered({3}, {10, 20, 30})}},
      scattered({2, 1}, {1, 2}));
  CHECK_THAT(stack.at(0), IsTensor({2, 1, 3}, {10, 20, 30, 20, 40, 60}));
  CHECK_THAT(stack.at(1), IsTensor({3}, {9, 12, 15}));
}

TEST_CASE("a gradient that repeats one element is fine for matmul",
          "[05.6][hidden]") {
  // What sum() passes back: strides of 0.
  const Tensor one = make({1}, {1});
  const Tensor g = Tensor::view(one.storage(), {2, 2}, {0, 0}, 0);
  const auto gradients =
      gradients_of({"matmul", {make({2, 3}, kSix), make({3, 2}, kSix)}}, g);
  CHECK_THAT(gradients.at(0), IsTensor({2, 3}, {3, 7, 11, 3, 7, 11}));
  CHECK_THAT(gradients.at(1), IsTensor({3, 2}, {5, 5, 7, 7, 9, 9}));
}

TEST_CASE("matmul without elements has gradients of zeros", "[05.6][hidden]") {
  const auto inner = gradients_of(
      {"matmul", {make({2, 0}, {}), make({0, 3}, {})}}, make({2, 3}, kSix));
  CHECK_THAT(inner.at(0), IsTensor({2, 0}, {}));
  CHECK_THAT(inner.at(1), IsTensor({0, 3}, {}));
  const auto batch =
      gradients_of({"matmul", {make({0, 2}, {}), make({2, 2}, {1, 2, 3, 4})}},
                   make({0, 2}, {}));
  CHECK_THAT(batch.at(0), IsTensor({0, 2}, {}));
  CHECK_THAT(batch.at(1), IsTensor({2, 2}, {0, 0, 0, 0}));
}

TEST_CASE("matmul looks only at the matrix that it needs", "[05.6][hidden]") {
  Tensor x = make({1, 2}, {1, 2});
  Tensor w = make({2, 1}, {3, 4});
  const auto to_x = test::node_of({"matmul", {x, w}, {}, {}, {true, false}});
  x.mutable_data()[0] = 7;
  CHECK_THAT(to_x->apply(make({1, 1}, {1})).at(0), IsTensor({1, 2}, {3, 4}));
  const auto to_w = test::node_of({"matmul", {x, w}, {}, {}, {false, true}});
  w.mutable_data()[0] = 7;
  CHECK_THAT(to_w->apply(make({1, 1}, {1})).at(1), IsTensor({2, 1}, {7, 2}));
  CHECK_THROWS_AS(to_x->apply(make({1, 1}, {1})), AutogradError);
}
