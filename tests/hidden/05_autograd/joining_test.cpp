// 05.13 Joining and looking up: what a plausible mistake would get wrong.
#include "support/gradients.hpp"
#include "support/tensors.hpp"
#include "tinytorch/operations.hpp"

using namespace tinytorch;
using test::counting;
using test::gradient_of;
using test::gradients_of;
using test::IsTensor;
using test::kNaN;
using test::make;
using test::Mentions;
using test::scattered;
using test::Step;

namespace {

Step lookup(const Tensor& table, const Tensor& indices) {
  return {"embedding", {table, indices}, {}, {}, {true, false}};
}

Step fill(const Tensor& x, const Tensor& mask) {
  return {"masked_fill", {x, mask}, {}, {}, {true, false}};
}

}  // namespace

TEST_CASE("concatenate along a middle dimension", "[05.13][hidden]") {
  const Tensor a = make({2, 1, 2}, {1, 2, 3, 4});
  const Tensor b = make({2, 2, 2}, {10, 20, 30, 40, 50, 60, 70, 80});
  const IsTensor expected({2, 3, 2},
                          {1, 2, 10, 20, 30, 40, 3, 4, 50, 60, 70, 80});
  CHECK_THAT(concatenate({a, b}, 1), expected);
  CHECK_THAT(concatenate({a, b}, -2), expected);
}

TEST_CASE("concatenate along the last dimension and of three tensors",
          "[05.13][hidden]") {
  const Tensor a = make({2, 1}, {1, 2});
  const Tensor b = make({2, 2}, {3, 4, 5, 6});
  CHECK_THAT(concatenate({a, b, a}, -1),
             IsTensor({2, 4}, {1, 3, 4, 1, 2, 5, 6, 2}));
  CHECK_THAT(concatenate({make({1}, {1}), make({2}, {2, 3})}),
             IsTensor({3}, {1, 2, 3}));
  CHECK_THAT(concatenate({a}), IsTensor({2, 1}, {1, 2}));
}

TEST_CASE("concatenate takes scattered memory by index", "[05.13][hidden]") {
  const Tensor a = scattered({2, 2}, {1, 2, 3, 4});
  const Tensor b = scattered({2, 1}, {5, 6});
  CHECK_THAT(concatenate({a, b}, 1), IsTensor({2, 3}, {1, 2, 5, 3, 4, 6}));
  CHECK_THAT(concatenate({a, a}, 0),
             IsTensor({4, 2}, {1, 2, 3, 4, 1, 2, 3, 4}));
}

TEST_CASE("concatenate accepts parts without elements", "[05.13][hidden]") {
  const Tensor a = make({2, 2}, {1, 2, 3, 4});
  CHECK_THAT(concatenate({make({0, 2}, {}), a, make({0, 2}, {})}, 0),
             IsTensor({2, 2}, {1, 2, 3, 4}));
  CHECK_THAT(concatenate({a, make({2, 0}, {})}, 1),
             IsTensor({2, 2}, {1, 2, 3, 4}));
  CHECK_THAT(concatenate({make({2, 0}, {}), make({3, 0}, {})}, 0),
             IsTensor({5, 0}, {}));
}

TEST_CASE("concatenate copies", "[05.13][hidden]") {
  const Tensor a = make({2}, {1, 2});
  CHECK_FALSE(test::shares_memory(concatenate({a}), a));
}

TEST_CASE("concatenate refuses ranks and dimensions that do not fit",
          "[05.13][hidden]") {
  const Tensor a = make({2, 2}, {1, 2, 3, 4});
  CHECK_THROWS_AS(concatenate({a, make({2}, {1, 2})}), ShapeError);
  CHECK_THROWS_AS(concatenate({a, make({2, 3}, counting({2, 3}))}, 0),
                  ShapeError);
  CHECK_THROWS_AS(concatenate({a, make({2, 2, 1}, {1, 2, 3, 4})}, 0),
                  ShapeError);
  CHECK_THROWS_AS(concatenate({a, a}, 2), IndexError);
  CHECK_THROWS_AS(concatenate({a, a}, -3), IndexError);
}

TEST_CASE("concatenate refuses scalars", "[05.13][hidden]") {
  const Tensor one = make({}, {1});
  CHECK_THROWS_MATCHES(concatenate({one, one}), ShapeError,
                       Mentions({"concatenate", "()"}));
}

TEST_CASE("concatenate goes back along a middle dimension", "[05.13][hidden]") {
  const Tensor a = make({2, 1, 2}, {1, 2, 3, 4});
  const Tensor b = make({2, 2, 2}, {10, 20, 30, 40, 50, 60, 70, 80});
  const Tensor g = make({2, 3, 2}, counting({2, 3, 2}));
  for (const std::int64_t dim : {1, -2}) {
    CAPTURE(dim);
    const auto gradients = gradients_of({"concatenate", {a, b}, {}, {dim}}, g);
    CHECK_THAT(gradients.at(0), IsTensor({2, 1, 2}, {0, 1, 6, 7}));
    CHECK_THAT(gradients.at(1),
               IsTensor({2, 2, 2}, {2, 3, 4, 5, 8, 9, 10, 11}));
  }
}

TEST_CASE("concatenate goes back past inputs that need no gradient",
          "[05.13][hidden]") {
  const Tensor a = make({1}, {1});
  const Tensor b = make({2}, {2, 3});
  const Tensor none = make({0}, {});
  const auto gradients =
      gradients_of({"concatenate", {a, none, b}, {}, {0}, {false, true, true}},
                   make({3}, {7, 8, 9}));
  CHECK_THAT(gradients.at(1), IsTensor({0}, {}));
  CHECK_THAT(gradients.at(2), IsTensor({2}, {8, 9}));
}

TEST_CASE("embedding takes indices of any shape", "[05.13][hidden]") {
  const Tensor table = make({3, 2}, {0, 1, 10, 11, 20, 21});
  CHECK_THAT(embedding(table, make({2, 2}, {2, 0, 1, 1})),
             IsTensor({2, 2, 2}, {20, 21, 0, 1, 10, 11, 10, 11}));
  CHECK_THAT(embedding(table, make({}, {1})), IsTensor({2}, {10, 11}));
  CHECK_THAT(embedding(table, make({0}, {})), IsTensor({0, 2}, {}));
  CHECK_THAT(embedding(make({2, 0}, {}), make({3}, {0, 1, 0})),
             IsTensor({3, 0}, {}));
}

TEST_CASE("embedding takes scattered memory by index", "[05.13][hidden]") {
  const Tensor table = scattered({3, 2}, {0, 1, 10, 11, 20, 21});
  const Tensor indices = scattered({2, 2}, {2, 0, 1, 2});
  CHECK_THAT(embedding(table, indices),
             IsTensor({2, 2, 2}, {20, 21, 0, 1, 10, 11, 20, 21}));
  CHECK_THAT(gradient_of(lookup(table, indices),
                         scattered({2, 2, 2}, {1, 2, 3, 4, 5, 6, 7, 8})),
             IsTensor({3, 2}, {3, 4, 5, 6, 8, 10}));
}

TEST_CASE("embedding refuses what is no index", "[05.13][hidden]") {
  const Tensor table = make({3, 2}, {0, 1, 10, 11, 20, 21});
  CHECK_THROWS_AS(embedding(table, make({2}, {0, -1})), IndexError);
  CHECK_THROWS_AS(embedding(table, make({1}, {1e30f})), IndexError);
  CHECK_THROWS_AS(embedding(table, make({1}, {0.5f})), ValueError);
  CHECK_THROWS_AS(embedding(table, make({1}, {kNaN})), ValueError);
  CHECK_THROWS_AS(embedding(make({0, 2}, {}), make({1}, {0})), IndexError);
  CHECK_THROWS_MATCHES(embedding(make({3}, {1, 2, 3}), make({1}, {0})),
                       ShapeError, Mentions({"embedding", "(3,)"}));
}

TEST_CASE("rows that nobody looked up get zeros", "[05.13][hidden]") {
  const Tensor table = make({2, 2}, {1, 2, 3, 4});
  CHECK_THAT(gradient_of(lookup(table, make({0}, {})), make({0, 2}, {})),
             IsTensor({2, 2}, {0, 0, 0, 0}));
  CHECK_THAT(gradient_of(lookup(table, make({}, {1})), make({2}, {5, 6})),
             IsTensor({2, 2}, {0, 0, 5, 6}));
}

TEST_CASE("embedding goes back when its table was changed in place",
          "[05.13][hidden]") {
  Tensor table = make({2, 1}, {1, 2});
  const auto node = test::node_of(lookup(table, make({1}, {1})));
  table.mutable_data()[0] = 7;
  CHECK_THAT(node->apply(make({1, 1}, {5})).at(0), IsTensor({2, 1}, {0, 5}));
}

TEST_CASE("the mask of masked_fill is broadcast", "[05.13][hidden]") {
  const Tensor x = make({2, 3}, {1, 2, 3, 4, 5, 6});
  CHECK_THAT(masked_fill(x, make({3}, {0, 1, 0}), 9),
             IsTensor({2, 3}, {1, 9, 3, 4, 9, 6}));
  CHECK_THAT(masked_fill(x, make({2, 1}, {0, 1}), 9),
             IsTensor({2, 3}, {1, 2, 3, 9, 9, 9}));
  CHECK_THAT(masked_fill(x, make({}, {1}), 9),
             IsTensor({2, 3}, {9, 9, 9, 9, 9, 9}));
  const Tensor g = make({2, 3}, {1, 2, 3, 4, 5, 6});
  CHECK_THAT(gradient_of(fill(x, make({3}, {0, 1, 0})), g),
             IsTensor({2, 3}, {1, 0, 3, 4, 0, 6}));
  CHECK_THAT(gradient_of(fill(x, make({2, 1}, {0, 1})), g),
             IsTensor({2, 3}, {1, 2, 3, 0, 0, 0}));
}

TEST_CASE("a mask that is larger than the tensor is refused",
          "[05.13][hidden]") {
  const Tensor x = make({3}, {1, 2, 3});
  CHECK_THROWS_MATCHES(masked_fill(x, make({2, 3}, counting({2, 3})), 9),
                       ShapeError, Mentions({"masked_fill", "(2, 3)", "(3,)"}));
  CHECK_THROWS_AS(masked_fill(x, make({2}, {0, 1}), 9), ShapeError);
}

TEST_CASE("every value but 0 masks and NaN does not leak", "[05.13][hidden]") {
  // x * (1 - mask) + value * mask would make NaN of 0 times infinity.
  const Tensor x = make({4}, {1, kNaN, 3, 4});
  const Tensor mask = make({4}, {0, 1, -2, 0.5f});
  CHECK_THAT(masked_fill(x, mask, -test::kInf),
             IsTensor({4}, {1, -test::kInf, -test::kInf, -test::kInf}));
  CHECK_THAT(gradient_of(fill(x, mask), make({4}, {5, kNaN, 7, 8})),
             IsTensor({4}, {5, 0, 0, 0}));
}

TEST_CASE("masked_fill takes scattered memory by index", "[05.13][hidden]") {
  const Tensor x = scattered({2, 2}, {1, 2, 3, 4});
  const Tensor mask = scattered({2, 2}, {0, 1, 0, 0});
  CHECK_THAT(masked_fill(x, mask, 9), IsTensor({2, 2}, {1, 9, 3, 4}));
  CHECK_THAT(gradient_of(fill(x, mask), scattered({2, 2}, {5, 6, 7, 8})),
             IsTensor({2, 2}, {5, 0, 7, 8}));
}

TEST_CASE("masked_fill leaves its input alone", "[05.13][hidden]") {
  const Tensor x = make({2}, {1, 2});
  CHECK_THAT(masked_fill(x, make({2}, {1, 0}), 9), IsTensor({2}, {9, 2}));
  CHECK_THAT(x, IsTensor({2}, {1, 2}));
  CHECK_FALSE(test::shares_memory(masked_fill(x, make({2}, {0, 0}), 9), x));
}

TEST_CASE("masked_fill goes back when its input was changed in place",
          "[05.13][hidden]") {
  Tensor x = make({2}, {1, 2});
  Tensor mask = make({2}, {1, 0});
  const auto node = test::node_of(fill(x, mask));
  x.mutable_data()[0] = 7;
  CHECK_THAT(node->apply(make({2}, {5, 6})).at(0), IsTensor({2}, {0, 6}));
  mask.mutable_data()[0] = 0;
  CHECK_THROWS_AS(node->apply(make({2}, {5, 6})), AutogradError);
}
