// 05.4 Undoing broadcasting, 05.5 Rules of arithmetic.
#include "support/gradients.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::gradients_of;
using test::IsTensor;
using test::make;
using test::Mentions;

TEST_CASE("sum_to adds up what a bias was repeated for", "[05.4]") {
  INFO("a bias of shape (3,) was added to both rows of a (2, 3): each of its");
  INFO("elements was used twice, and gradients of several uses add up");
  const Tensor gradient = make({2, 3}, {1, 2, 3, 10, 20, 30});
  CHECK_THAT(sum_to(gradient, {3}), IsTensor({3}, {11, 22, 33}));
}

TEST_CASE("sum_to keeps a dimension of extent 1", "[05.4]") {
  INFO("a column of shape (2, 1) was repeated over three columns");
  const Tensor gradient = make({2, 3}, {1, 2, 3, 10, 20, 30});
  CHECK_THAT(sum_to(gradient, {2, 1}), IsTensor({2, 1}, {6, 60}));
}

TEST_CASE("sum_to of a number adds up everything", "[05.4]") {
  const Tensor gradient = make({2, 3}, {1, 2, 3, 10, 20, 30});
  CHECK_THAT(sum_to(gradient, {}), IsTensor({}, {66}));
}

TEST_CASE("sum_to changes nothing where nothing was broadcast", "[05.4]") {
  const Tensor gradient = make({2, 2}, {1, 2, 3, 4});
  CHECK_THAT(sum_to(gradient, {2, 2}), IsTensor({2, 2}, {1, 2, 3, 4}));
}

TEST_CASE("sum_to refuses a shape that does not broadcast", "[05.4]") {
  CHECK_THROWS_MATCHES(sum_to(make({2, 3}, {1, 2, 3, 4, 5, 6}), {2}),
                       ShapeError, Mentions({"sum_to", "(2,)", "(2, 3)"}));
}

TEST_CASE("a sum passes its gradient on to both", "[05.5]") {
  const Tensor a = make({2}, {3, 4});
  const Tensor b = make({2}, {5, 6});
  const auto gradients = gradients_of({"add", {a, b}}, make({2}, {1, 10}));
  INFO("c = a + b: dc/da = dc/db = 1");
  CHECK_THAT(gradients.at(0), IsTensor({2}, {1, 10}));
  CHECK_THAT(gradients.at(1), IsTensor({2}, {1, 10}));
}

TEST_CASE("a difference turns the sign of the second gradient", "[05.5]") {
  const Tensor a = make({2}, {3, 4});
  const Tensor b = make({2}, {5, 6});
  const auto gradients = gradients_of({"subtract", {a, b}}, make({2}, {1, 10}));
  INFO("c = a - b: dc/da = 1, dc/db = -1");
  CHECK_THAT(gradients.at(0), IsTensor({2}, {1, 10}));
  CHECK_THAT(gradients.at(1), IsTensor({2}, {-1, -10}));
}

TEST_CASE("each factor's gradient is the other factor", "[05.5]") {
  const Tensor a = make({2}, {3, 4});
  const Tensor b = make({2}, {5, 6});
  const auto gradients = gradients_of({"multiply", {a, b}}, make({2}, {1, 10}));
  INFO("c = a b: dc/da = b, dc/db = a, times the gradient of c");
  CHECK_THAT(gradients.at(0), IsTensor({2}, {5, 60}));
  CHECK_THAT(gradients.at(1), IsTensor({2}, {3, 40}));
}

TEST_CASE("a quotient passes back 1 over b and minus a over b squared",
          "[05.5]") {
  const Tensor a = make({2}, {3, 4});
  const Tensor b = make({2}, {2, 8});
  const auto gradients = gradients_of({"divide", {a, b}}, make({2}, {1, 16}));
  INFO("c = a / b: dc/da = 1/2 and 1/8, dc/db = -3/4 and -4/64");
  CHECK_THAT(gradients.at(0), IsTensor({2}, {0.5f, 2}));
  CHECK_THAT(gradients.at(1), IsTensor({2}, {-0.75f, -1}));
}

TEST_CASE("a negation turns the sign", "[05.5]") {
  const auto gradients =
      gradients_of({"negate", {make({2}, {3, 4})}}, make({2}, {1, -10}));
  CHECK_THAT(gradients.at(0), IsTensor({2}, {-1, 10}));
}

TEST_CASE("a bias gets the sum over the rows", "[05.5]") {
  const Tensor x = make({2, 3}, {1, 2, 3, 4, 5, 6});
  const Tensor bias = make({3}, {7, 8, 9});
  const auto gradients =
      gradients_of({"add", {x, bias}}, make({2, 3}, {1, 2, 3, 10, 20, 30}));
  CHECK_THAT(gradients.at(0), IsTensor({2, 3}, {1, 2, 3, 10, 20, 30}));
  CHECK_THAT(gradients.at(1), IsTensor({3}, {11, 22, 33}));
}
