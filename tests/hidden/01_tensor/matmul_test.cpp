// The matrix product.
#include "support/tensors.hpp"

using test::counting;
using test::IsTensor;
using test::kInf;
using test::kNaN;
using test::make;
using test::Mentions;
using test::scattered;
using test::shares_memory;
using tinytorch::ShapeError;
using tinytorch::Tensor;

TEST_CASE("matmul of matrices with three different extents",
          "[01.11][hidden]") {
  const Tensor a = make({2, 3}, {1, 2, 3, 4, 5, 6});
  const Tensor b = make({3, 4}, {1, 0, 2, 1, 0, 1, 2, -1, 1, 1, 0, 3});
  // Row 0: 1*(1 0 2 1) + 2*(0 1 2 -1) + 3*(1 1 0 3); row 1 with 4, 5, 6.
  CHECK_THAT(a.matmul(b), IsTensor({2, 4}, {4, 5, 6, 8, 10, 11, 18, 17}));
}

TEST_CASE("matmul follows strides and offsets", "[01.11][hidden]") {
  const std::vector<float> expected{22, 28, 49, 64};
  const Tensor a = make({2, 3}, {1, 2, 3, 4, 5, 6});
  const Tensor b = make({3, 2}, {1, 2, 3, 4, 5, 6});
  const Tensor a2 = scattered({2, 3}, {1, 2, 3, 4, 5, 6});
  const Tensor b2 = scattered({3, 2}, {1, 2, 3, 4, 5, 6});
  CHECK_THAT(a2.matmul(b), IsTensor({2, 2}, expected));
  CHECK_THAT(a.matmul(b2), IsTensor({2, 2}, expected));
  CHECK_THAT(a2.matmul(b2), IsTensor({2, 2}, expected));
  const Tensor v = scattered({3}, {1, 2, 3});
  CHECK_THAT(v.matmul(v), IsTensor({}, {14}));
  CHECK_THAT(a2.matmul(v), IsTensor({2}, {14, 32}));
  CHECK_THAT(v.matmul(b2), IsTensor({2}, {22, 28}));
  const Tensor whole = make({8}, counting({8}));
  const Tensor late = Tensor::view(whole.storage(), {2, 2}, {2, 1}, 4);
  // (4 5; 6 7) squared.
  CHECK_THAT(late.matmul(late), IsTensor({2, 2}, {46, 55, 66, 79}));
}

// Faster loops take several rows or columns at a time and must not forget the
// rest. The numbers are whole and small, so that every order of adding is
// exact.
TEST_CASE("matmul with every remainder of the inner dimension",
          "[01.11][hidden]") {
  for (std::int64_t k = 3; k <= 20; ++k) {
    INFO("inner dimension " << k);
    const std::int64_t m = 5, n = 9;
    std::vector<float> a, b, product;
    for (std::int64_t i = 0; i < m * k; ++i) a.push_back((i * i) % 7 - 3);
    for (std::int64_t i = 0; i < k * n; ++i) b.push_back((i * 5) % 11 - 4);
    for (std::int64_t i = 0; i < m * n; ++i) {
      double sum = 0;
      for (std::int64_t p = 0; p < k; ++p) {
        sum += a[i / n * k + p] * b[p * n + i % n];
      }
      product.push_back(static_cast<float>(sum));
    }
    const IsTensor expected({m, n}, product);
    CHECK_THAT(make({m, k}, a).matmul(make({k, n}, b)), expected);
    CHECK_THAT(scattered({m, k}, a).matmul(scattered({k, n}, b)), expected);
  }
}

TEST_CASE("matmul over an inner dimension of 0 gives zeros",
          "[01.11][hidden]") {
  CHECK_THAT(make({2, 0}, {}).matmul(make({0, 3}, {})),
             IsTensor({2, 3}, {0, 0, 0, 0, 0, 0}));
  CHECK_THAT(make({0}, {}).matmul(make({0}, {})), IsTensor({}, {0}));
  CHECK_THAT(make({2, 0}, {}).matmul(make({0}, {})), IsTensor({2}, {0, 0}));
  CHECK_THAT(make({2, 1, 0}, {}).matmul(make({0, 2}, {})),
             IsTensor({2, 1, 2}, {0, 0, 0, 0}));
}

TEST_CASE("matmul of no rows or columns or matrices is empty",
          "[01.11][hidden]") {
  const Tensor m = make({3, 4}, counting({3, 4}));
  CHECK_THAT(make({0, 3}, {}).matmul(m), IsTensor({0, 4}, {}));
  CHECK_THAT(m.matmul(make({4, 0}, {})), IsTensor({3, 0}, {}));
  CHECK_THAT(make({0, 2, 3}, {}).matmul(m), IsTensor({0, 2, 4}, {}));
  CHECK_THAT(make({0, 2, 3}, {}).matmul(make({1, 3, 2}, counting({6}))),
             IsTensor({0, 2, 2}, {}));
  CHECK_THAT(make({3}, {1, 2, 3}).matmul(make({0, 3, 2}, {})),
             IsTensor({0, 2}, {}));
}

TEST_CASE("matmul pairs the right members of broadcast stacks",
          "[01.11][hidden]") {
  // Stacks of 1 x 1 matrices: the product is that of the numbers.
  const Tensor a = make({2, 1, 1, 1}, {1, 10});
  const Tensor b = make({3, 1, 1}, {2, 3, 4});
  CHECK_THAT(a.matmul(b), IsTensor({2, 3, 1, 1}, {2, 3, 4, 20, 30, 40}));
  CHECK_THAT(b.matmul(a), IsTensor({2, 3, 1, 1}, {2, 3, 4, 20, 30, 40}));
  const Tensor full = make({2, 3, 1, 1}, {1, 2, 3, 4, 5, 6});
  CHECK_THAT(full.matmul(b), IsTensor({2, 3, 1, 1}, {2, 6, 12, 8, 15, 24}));
  CHECK_THAT(a.matmul(full), IsTensor({2, 3, 1, 1}, {1, 2, 3, 40, 50, 60}));
  const Tensor c = make({2, 1, 1}, {1, 100});
  const Tensor d = make({3, 2, 1, 1}, {1, 2, 3, 4, 5, 6});
  CHECK_THAT(d.matmul(c), IsTensor({3, 2, 1, 1}, {1, 200, 3, 400, 5, 600}));
}

TEST_CASE("matmul broadcasts stacks of larger matrices", "[01.11][hidden]") {
  const Tensor a = make({2, 1, 1, 2}, {1, 2, 3, 4});
  const Tensor b = scattered({2, 2, 2}, {1, 0, 0, 1, 0, 1, 2, 0});
  // (1 2) and (3 4), each times the identity and times (0 1; 2 0).
  CHECK_THAT(a.matmul(b), IsTensor({2, 2, 1, 2}, {1, 2, 4, 1, 3, 4, 8, 3}));
  const Tensor left = make({2, 2}, {0, 1, 1, 0});
  CHECK_THAT(left.matmul(b), IsTensor({2, 2, 2}, {0, 1, 1, 0, 2, 0, 0, 1}));
}

TEST_CASE("matmul of stacks whose matrices lie apart in memory",
          "[01.11][hidden]") {
  // {{1, 2}, {5, 6}} and {{3, 4}, {7, 8}}: the rows of one matrix are
  // neighbours of the other's.
  const Tensor whole = make({2, 2, 2}, {1, 2, 3, 4, 5, 6, 7, 8});
  const Tensor apart =
      Tensor::view(whole.storage(), {2, 2, 2}, {2, 4, 1}, whole.offset());
  const Tensor swap = make({2, 2}, {0, 1, 1, 0});
  CHECK_THAT(apart.matmul(swap), IsTensor({2, 2, 2}, {2, 1, 6, 5, 4, 3, 8, 7}));
  CHECK_THAT(swap.matmul(apart), IsTensor({2, 2, 2}, {5, 6, 1, 2, 7, 8, 3, 4}));
}

TEST_CASE("matmul of a vector and a stack drops one dimension",
          "[01.11][hidden]") {
  const Tensor stack = make({2, 2, 3}, counting({2, 2, 3}));
  CHECK_THAT(make({2}, {1, 10}).matmul(stack),
             IsTensor({2, 3}, {30, 41, 52, 96, 107, 118}));
  CHECK_THAT(stack.matmul(make({3}, {1, 0, 1})),
             IsTensor({2, 2}, {2, 8, 14, 20}));
  INFO("A row of a matrix is no vector: (1, k) keeps its 1.");
  CHECK_THAT(make({1, 2}, {1, 1}).matmul(make({2, 1}, {2, 3})),
             IsTensor({1, 1}, {5}));
}

TEST_CASE("matmul does not broadcast the inner dimension", "[01.11][hidden]") {
  const Tensor m = make({2, 3}, counting({2, 3}));
  CHECK_THROWS_AS(m.matmul(make({1, 4}, counting({1, 4}))), ShapeError);
  CHECK_THROWS_AS(m.matmul(make({1}, {1})), ShapeError);
  CHECK_THROWS_AS(make({1}, {1}).matmul(m), ShapeError);
  CHECK_THROWS_AS(m.matmul(make({0, 4}, {})), ShapeError);
  CHECK_THROWS_MATCHES(make({3}, {1, 2, 3}).matmul(m), ShapeError,
                       Mentions({"matmul", "(3,)", "(2, 3)"}));
}

TEST_CASE("matmul refuses scalars", "[01.11][hidden]") {
  const Tensor scalar = make({}, {2});
  const Tensor v = make({1}, {3});
  CHECK_THROWS_MATCHES(scalar.matmul(v), ShapeError,
                       Mentions({"matmul", "()", "(1,)"}));
  CHECK_THROWS_MATCHES(v.matmul(scalar), ShapeError, Mentions({"matmul"}));
}

TEST_CASE("matmul names both shapes if the stacks do not fit",
          "[01.11][hidden]") {
  const Tensor a = make({2, 1, 3}, counting({2, 1, 3}));
  const Tensor b = make({4, 3, 1}, counting({4, 3, 1}));
  CHECK_THROWS_MATCHES(a.matmul(b), ShapeError,
                       Mentions({"matmul", "(2, 1, 3)", "(4, 3, 1)"}));
}

TEST_CASE("matmul lets no NaN or infinity disappear", "[01.11][hidden]") {
  const Tensor zeros = make({1, 2}, {0, 0});
  INFO("0 times inf is NaN: zero factors must not be skipped.");
  CHECK_THAT(zeros.matmul(make({2, 2}, {kInf, 1, 1, kNaN})),
             IsTensor({1, 2}, {kNaN, kNaN}));
  CHECK_THAT(make({1, 2}, {1, 2}).matmul(make({2, 2}, {kInf, 1, 1, 1})),
             IsTensor({1, 2}, {kInf, 3}));
}

TEST_CASE("matmul leaves its inputs alone", "[01.11][hidden]") {
  const Tensor x = make({2, 2}, {1, 2, 3, 4});
  const Tensor identity = make({2, 2}, {1, 0, 0, 1});
  const Tensor y = x.matmul(identity);
  CHECK_THAT(y, IsTensor({2, 2}, {1, 2, 3, 4}));
  CHECK_FALSE(shares_memory(y, x));
  CHECK_THAT(x.matmul(x), IsTensor({2, 2}, {7, 10, 15, 22}));
  CHECK_THAT(x, IsTensor({2, 2}, {1, 2, 3, 4}));
  CHECK_THAT(identity, IsTensor({2, 2}, {1, 0, 0, 1}));
}
