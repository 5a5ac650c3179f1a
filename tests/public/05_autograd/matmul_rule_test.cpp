// 05.6 Rule of the matrix product.
#include "support/gradients.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::gradients_of;
using test::IsTensor;
using test::make;

TEST_CASE("the gradients of a matrix product are two matrix products",
          "[05.6]") {
  const Tensor a = make({2, 2}, {1, 2, 3, 4});
  const Tensor b = make({2, 2}, {5, 6, 7, 8});
  const Tensor g = make({2, 2}, {1, 0, 0, 1});
  const auto gradients = gradients_of({"matmul", {a, b}}, g);
  INFO("with the identity as the gradient of c, that of a is b transposed,");
  INFO("and that of b is a transposed");
  CHECK_THAT(gradients.at(0), IsTensor({2, 2}, {5, 7, 6, 8}));
  CHECK_THAT(gradients.at(1), IsTensor({2, 2}, {1, 3, 2, 4}));
}

TEST_CASE("each gradient has the shape of its matrix", "[05.6]") {
  const Tensor x = make({2, 3}, {1, 2, 3, 4, 5, 6});
  const Tensor w = make({3, 1}, {7, 8, 9});
  const auto gradients =
      gradients_of({"matmul", {x, w}}, make({2, 1}, {1, 10}));
  INFO("x: g w^T, the outer product; w: x^T g, so 1 * 1 + 4 * 10 = 41");
  CHECK_THAT(gradients.at(0), IsTensor({2, 3}, {7, 8, 9, 70, 80, 90}));
  CHECK_THAT(gradients.at(1), IsTensor({3, 1}, {41, 52, 63}));
}

TEST_CASE("in a dot product each vector gets the other one", "[05.6]") {
  const Tensor a = make({3}, {1, 2, 3});
  const Tensor b = make({3}, {4, 5, 6});
  const auto gradients = gradients_of({"matmul", {a, b}}, make({}, {2}));
  CHECK_THAT(gradients.at(0), IsTensor({3}, {8, 10, 12}));
  CHECK_THAT(gradients.at(1), IsTensor({3}, {2, 4, 6}));
}

TEST_CASE("a matrix that meets a whole batch gets the sum", "[05.6]") {
  const Tensor x = make({2, 1, 2}, {1, 2, 3, 4});
  const Tensor w = make({2, 1}, {5, 6});
  const auto gradients =
      gradients_of({"matmul", {x, w}}, make({2, 1, 1}, {1, 10}));
  INFO("w was used for both samples: (1, 2) * 1 + (3, 4) * 10");
  CHECK_THAT(gradients.at(0), IsTensor({2, 1, 2}, {5, 6, 50, 60}));
  CHECK_THAT(gradients.at(1), IsTensor({2, 1}, {31, 42}));
}
