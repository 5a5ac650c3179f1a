// 05.12 An operation of your own, 05.13 Joining and looking up.
#include "tinytorch/operations.hpp"

#include "support/gradients.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::gradient_of;
using test::gradients_of;
using test::IsTensor;
using test::make;
using test::Mentions;

TEST_CASE("exp and log are inverse to each other", "[05.12]") {
  INFO("e = 2.718282, e^2 = 7.389056");
  CHECK_THAT(tinytorch::exp(make({3}, {0, 1, 2})),
             IsTensor({3}, {1, 2.7182817f, 7.389056f}, 1e-6f));
  CHECK_THAT(tinytorch::log(make({3}, {1, 2.7182817f, 7.389056f})),
             IsTensor({3}, {0, 1, 2}, 1e-6f));
}

TEST_CASE("sqrt and pow of each element", "[05.12]") {
  CHECK_THAT(tinytorch::sqrt(make({2, 2}, {0, 1, 4, 9})),
             IsTensor({2, 2}, {0, 1, 2, 3}, 1e-6f));
  CHECK_THAT(tinytorch::pow(make({3}, {1, 2, -3}), 2),
             IsTensor({3}, {1, 4, 9}, 1e-6f));
  CHECK_THAT(tinytorch::pow(make({2}, {2, 4}), -1),
             IsTensor({2}, {0.5f, 0.25f}, 1e-6f));
}

TEST_CASE("the slope of exp is exp itself", "[05.12]") {
  const Tensor x = make({2}, {0, 1});
  const Tensor y = make({2}, {1, 2.7182817f});
  CHECK_THAT(gradient_of({"exp", {x}, y}, make({2}, {3, 1})),
             IsTensor({2}, {3, 2.7182817f}, 1e-6f));
}

TEST_CASE("the slope of log is 1 over x", "[05.12]") {
  const Tensor x = make({2}, {2, 0.5f});
  CHECK_THAT(gradient_of({"log", {x}}, make({2}, {1, 3})),
             IsTensor({2}, {0.5f, 6}, 1e-6f));
}

TEST_CASE("the slope of sqrt is 1 over 2 sqrt", "[05.12]") {
  const Tensor x = make({2}, {4, 0.25f});
  const Tensor y = make({2}, {2, 0.5f});
  CHECK_THAT(gradient_of({"sqrt", {x}, y}, make({2}, {1, 3})),
             IsTensor({2}, {0.25f, 3}, 1e-6f));
}

TEST_CASE("the slope of a power is the exponent times one power less",
          "[05.12]") {
  const Tensor x = make({3}, {1, 2, -3});
  INFO("x^3: 3 x^2 = 3, 12 and 27. The exponent is the second input");
  CHECK_THAT(gradient_of({"pow", {x, make({}, {3})}, {}, {}, {true, false}},
                         make({3}, {1, 1, 2})),
             IsTensor({3}, {3, 12, 54}, 1e-6f));
}

TEST_CASE("concatenate puts rows below rows", "[05.13]") {
  const Tensor a = make({1, 2}, {1, 2});
  const Tensor b = make({2, 2}, {3, 4, 5, 6});
  CHECK_THAT(concatenate({a, b}), IsTensor({3, 2}, {1, 2, 3, 4, 5, 6}));
}

TEST_CASE("concatenate puts columns beside columns", "[05.13]") {
  const Tensor a = make({2, 1}, {1, 2});
  const Tensor b = make({2, 2}, {3, 4, 5, 6});
  CHECK_THAT(concatenate({a, b}, 1), IsTensor({2, 3}, {1, 3, 4, 2, 5, 6}));
}

TEST_CASE("each part gets back its piece of the gradient", "[05.13]") {
  const Tensor a = make({2, 1}, {1, 2});
  const Tensor b = make({2, 2}, {3, 4, 5, 6});
  const auto gradients = gradients_of({"concatenate", {a, b}, {}, {1}},
                                      make({2, 3}, {1, 2, 3, 4, 5, 6}));
  CHECK_THAT(gradients.at(0), IsTensor({2, 1}, {1, 4}));
  CHECK_THAT(gradients.at(1), IsTensor({2, 2}, {2, 3, 5, 6}));
}

TEST_CASE("concatenate refuses shapes that do not fit", "[05.13]") {
  const Tensor a = make({2, 1}, {1, 2});
  const Tensor b = make({1, 2}, {3, 4});
  CHECK_THROWS_MATCHES(concatenate({a, b}), ShapeError,
                       Mentions({"concatenate", "(2, 1)", "(1, 2)"}));
  CHECK_THROWS_MATCHES(concatenate({}), ValueError, Mentions({"concatenate"}));
}

TEST_CASE("embedding looks up a row for each index", "[05.13]") {
  const Tensor table = make({3, 2}, {0, 1, 10, 11, 20, 21});
  CHECK_THAT(embedding(table, make({4}, {2, 0, 1, 2})),
             IsTensor({4, 2}, {20, 21, 0, 1, 10, 11, 20, 21}));
}

TEST_CASE("a row that is looked up twice gets both gradients", "[05.13]") {
  const Tensor table = make({3, 2}, {0, 1, 10, 11, 20, 21});
  const Tensor indices = make({3}, {2, 0, 2});
  INFO("row 2 was used first and last, row 1 never");
  CHECK_THAT(gradient_of({"embedding", {table, indices}, {}, {}, {true, false}},
                         make({3, 2}, {1, 2, 3, 4, 10, 20})),
             IsTensor({3, 2}, {3, 4, 0, 0, 11, 22}));
}

TEST_CASE("embedding refuses an index that is no row", "[05.13]") {
  const Tensor table = make({3, 2}, {0, 1, 10, 11, 20, 21});
  CHECK_THROWS_MATCHES(embedding(table, make({1}, {3})), IndexError,
                       Mentions({"embedding", "3", "(3, 2)"}));
}

TEST_CASE("masked_fill replaces where the mask is not 0", "[05.13]") {
  const Tensor x = make({2, 2}, {1, 2, 3, 4});
  const Tensor mask = make({2, 2}, {0, 1, 0, 0});
  CHECK_THAT(masked_fill(x, mask, -test::kInf),
             IsTensor({2, 2}, {1, -test::kInf, 3, 4}));
}

TEST_CASE("what masked_fill replaced has gradient 0", "[05.13]") {
  const Tensor x = make({2, 2}, {1, 2, 3, 4});
  const Tensor mask = make({2, 2}, {0, 1, 0, 0});
  CHECK_THAT(gradient_of({"masked_fill", {x, mask}, {}, {}, {true, false}},
                         make({2, 2}, {5, 6, 7, 8})),
             IsTensor({2, 2}, {5, 0, 7, 8}));
}
