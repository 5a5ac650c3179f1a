// 05.4 Undoing broadcasting, 05.5 Rules of arithmetic: what a plausible mistake
// would get wrong.
#include "support/gradients.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::counting;
using test::gradient_of;
using test::gradients_of;
using test::IsTensor;
using test::make;
using test::scattered;

TEST_CASE("sum_to takes away leading dimensions and keeps inner ones",
          "[05.4][hidden]") {
  // (3, 1) within (2, 3, 2), of 0, 1, ... 11: row 0 holds 0, 1 and 6, 7.
  const Tensor gradient = make({2, 3, 2}, counting({2, 3, 2}));
  CHECK_THAT(sum_to(gradient, {3, 1}), IsTensor({3, 1}, {14, 22, 30}));
  CHECK_THAT(sum_to(gradient, {1, 3, 1}), IsTensor({1, 3, 1}, {14, 22, 30}));
  CHECK_THAT(sum_to(gradient, {3, 2}),
             IsTensor({3, 2}, {6, 8, 10, 12, 14, 16}));
  CHECK_THAT(sum_to(gradient, {1, 1}), IsTensor({1, 1}, {66}));
}

TEST_CASE("sum_to sums the middle dimension alone", "[05.4][hidden]") {
  const Tensor gradient = make({2, 3, 2}, counting({2, 3, 2}));
  CHECK_THAT(sum_to(gradient, {2, 1, 2}), IsTensor({2, 1, 2}, {6, 9, 24, 27}));
}

TEST_CASE("sum_to keeps dimensions that were 1 all along", "[05.4][hidden]") {
  const Tensor gradient = make({1, 2}, {3, 4});
  CHECK_THAT(sum_to(gradient, {1, 2}), IsTensor({1, 2}, {3, 4}));
  CHECK_THAT(sum_to(gradient, {2}), IsTensor({2}, {3, 4}));
  CHECK_THAT(sum_to(gradient, {1}), IsTensor({1}, {7}));
  CHECK_THAT(sum_to(make({1, 1}, {5}), {}), IsTensor({}, {5}));
}

TEST_CASE("sum_to takes scattered gradients by index", "[05.4][hidden]") {
  const Tensor gradient = scattered({2, 3}, {1, 2, 3, 10, 20, 30});
  CHECK_THAT(sum_to(gradient, {3}), IsTensor({3}, {11, 22, 33}));
  CHECK_THAT(sum_to(gradient, {2, 1}), IsTensor({2, 1}, {6, 60}));
}

TEST_CASE("sum_to over no elements gives zeros", "[05.4][hidden]") {
  CHECK_THAT(sum_to(make({0, 3}, {}), {3}), IsTensor({3}, {0, 0, 0}));
  CHECK_THAT(sum_to(make({2, 0}, {}), {2, 1}), IsTensor({2, 1}, {0, 0}));
  CHECK_THAT(sum_to(make({2, 0}, {}), {0}), IsTensor({0}, {}));
  CHECK_THAT(sum_to(make({0}, {}), {}), IsTensor({}, {0}));
}

TEST_CASE("sum_to refuses shapes that are larger or do not fit",
          "[05.4][hidden]") {
  const Tensor gradient = make({2, 3}, {1, 2, 3, 4, 5, 6});
  CHECK_THROWS_AS(sum_to(gradient, {2}), ShapeError);
  CHECK_THROWS_AS(sum_to(gradient, {1, 2, 3}), ShapeError);
  CHECK_THROWS_AS(sum_to(gradient, {4, 3}), ShapeError);
  CHECK_THROWS_AS(sum_to(make({1}, {1}), {3}), ShapeError);
  CHECK_THROWS_AS(sum_to(make({}, {1}), {1}), ShapeError);
}

TEST_CASE("sum_to leaves the gradient alone", "[05.4][hidden]") {
  const Tensor gradient = make({2, 2}, {1, 2, 3, 4});
  const auto version = gradient.storage()->version();
  CHECK_THAT(sum_to(gradient, {2}), IsTensor({2}, {4, 6}));
  CHECK(gradient.storage()->version() == version);
}

TEST_CASE("gradients of a column and a row have their shapes",
          "[05.5][hidden]") {
  // a is a column, b a row.
  const Tensor a = make({2, 1}, {1, 2});
  const Tensor b = make({3}, {4, 8, 16});
  const Tensor g = make({2, 3}, {1, 2, 3, 10, 20, 30});
  const auto sum = gradients_of({"add", {a, b}}, g);
  CHECK_THAT(sum.at(0), IsTensor({2, 1}, {6, 60}));
  CHECK_THAT(sum.at(1), IsTensor({3}, {11, 22, 33}));
  const auto difference = gradients_of({"subtract", {a, b}}, g);
  CHECK_THAT(difference.at(0), IsTensor({2, 1}, {6, 60}));
  CHECK_THAT(difference.at(1), IsTensor({3}, {-11, -22, -33}));
  // 1 * 4 + 2 * 8 + 3 * 16 = 68; 1 * 1 + 10 * 2 = 21.
  const auto product = gradients_of({"multiply", {a, b}}, g);
  CHECK_THAT(product.at(0), IsTensor({2, 1}, {68, 680}));
  CHECK_THAT(product.at(1), IsTensor({3}, {21, 42, 63}));
  // 1/4 + 2/8 + 3/16 = 11/16; -21/16, -42/64, -63/256.
  const auto quotient = gradients_of({"divide", {a, b}}, g);
  CHECK_THAT(quotient.at(0), IsTensor({2, 1}, {0.6875f, 6.875f}));
  CHECK_THAT(quotient.at(1),
             IsTensor({3}, {-1.3125f, -0.65625f, -0.24609375f}));
}

TEST_CASE("the first operand may be the one that was broadcast",
          "[05.5][hidden]") {
  const Tensor a = make({}, {8});
  const Tensor b = make({2}, {2, 4});
  const Tensor g = make({2}, {1, 3});
  CHECK_THAT(gradient_of({"add", {a, b}}, g), IsTensor({}, {4}));
  CHECK_THAT(gradient_of({"subtract", {a, b}}, g), IsTensor({}, {4}));
  CHECK_THAT(gradient_of({"multiply", {a, b}}, g), IsTensor({}, {14}));
  CHECK_THAT(gradient_of({"divide", {a, b}}, g), IsTensor({}, {1.25f}));
}

TEST_CASE("a square passes back the factor twice", "[05.5][hidden]") {
  // Both inputs are the same tensor; the engine adds the two shares.
  const Tensor x = make({2}, {3, -4});
  const auto gradients = gradients_of({"multiply", {x, x}}, make({2}, {1, 1}));
  CHECK_THAT(gradients.at(0), IsTensor({2}, {3, -4}));
  CHECK_THAT(gradients.at(1), IsTensor({2}, {3, -4}));
}

TEST_CASE("rules of arithmetic take scattered operands by index",
          "[05.5][hidden]") {
  const Tensor a = scattered({2, 2}, {1, 2, 3, 4});
  const Tensor b = scattered({2, 2}, {2, 4, 8, 16});
  const Tensor g = scattered({2, 2}, {1, 10, 100, 1000});
  const auto product = gradients_of({"multiply", {a, b}}, g);
  CHECK_THAT(product.at(0), IsTensor({2, 2}, {2, 40, 800, 16000}));
  CHECK_THAT(product.at(1), IsTensor({2, 2}, {1, 20, 300, 4000}));
  const auto quotient = gradients_of({"divide", {a, b}}, g);
  CHECK_THAT(quotient.at(0), IsTensor({2, 2}, {0.5f, 2.5f, 12.5f, 62.5f}));
  CHECK_THAT(quotient.at(1),
             IsTensor({2, 2}, {-0.25f, -1.25f, -4.6875f, -15.625f}));
}

TEST_CASE("rules of arithmetic accept tensors without elements",
          "[05.5][hidden]") {
  const Tensor a = make({0, 3}, {});
  const Tensor b = make({3}, {1, 2, 3});
  for (const char* operation : {"add", "subtract", "multiply", "divide"}) {
    CAPTURE(operation);
    const auto gradients = gradients_of({operation, {a, b}}, a);
    CHECK_THAT(gradients.at(0), IsTensor({0, 3}, {}));
    CHECK_THAT(gradients.at(1), IsTensor({3}, {0, 0, 0}));
  }
}

TEST_CASE("a factor that nobody needs may have been changed in place",
          "[05.5][hidden]") {
  // y = w x with data x: only x is needed for the way back to w.
  Tensor w = make({1}, {3});
  const Tensor x = make({1}, {5});
  for (const char* operation : {"multiply", "divide"}) {
    CAPTURE(operation);
    const auto node = test::node_of({operation, {w, x}, {}, {}, {true, false}});
    w.mutable_data()[0] = 4;
    CHECK_NOTHROW(node->apply(make({1}, {1})));
  }
  const auto node = test::node_of({"multiply", {x, w}, {}, {}, {false, true}});
  w.mutable_data()[0] = 5;
  CHECK_THAT(node->apply(make({1}, {1})).at(1), IsTensor({1}, {5}));
}

TEST_CASE("a factor that is needed and was changed in place is refused",
          "[05.5][hidden]") {
  Tensor w = make({1}, {3});
  const Tensor x = make({1}, {5});
  for (const char* operation : {"multiply", "divide"}) {
    CAPTURE(operation);
    const auto node = test::node_of({operation, {w, x}});
    w.mutable_data()[0] = 4;
    CHECK_THROWS_AS(node->apply(make({1}, {1})), AutogradError);
  }
}

TEST_CASE("sums need none of their operands again", "[05.5][hidden]") {
  Tensor a = make({1}, {3});
  for (const char* operation : {"add", "subtract"}) {
    CAPTURE(operation);
    const auto node = test::node_of({operation, {a, a}});
    a.mutable_data()[0] = 4;
    CHECK_THAT(node->apply(make({1}, {2})).at(0), IsTensor({1}, {2}));
  }
}

TEST_CASE("rules of arithmetic write to nobody's memory", "[05.5][hidden]") {
  const Tensor a = make({2}, {1, 2});
  const Tensor b = make({2}, {4, 8});
  const Tensor g = make({2}, {1, 1});
  const auto version = g.storage()->version();
  for (const char* operation : {"add", "subtract", "multiply", "divide"}) {
    gradients_of({operation, {a, b}}, g);
    CHECK_THAT(g, IsTensor({2}, {1, 1}));
    CHECK_THAT(a, IsTensor({2}, {1, 2}));
    CHECK_THAT(b, IsTensor({2}, {4, 8}));
  }
  CHECK(g.storage()->version() == version);
}
