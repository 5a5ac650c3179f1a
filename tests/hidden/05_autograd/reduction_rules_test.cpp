// 05.7 Rules of reductions: what a plausible mistake would get wrong.
#include "support/gradients.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::counting;
using test::gradient_of;
using test::IsTensor;
using test::make;
using test::scattered;

TEST_CASE("a sum along the first axis of a square is not one along the last",
          "[05.7][hidden]") {
  // Of a square either way of broadcasting has a shape that fits.
  const Tensor x = make({2, 2}, {1, 2, 3, 4});
  const Tensor g = make({2}, {1, 10});
  CHECK_THAT(gradient_of({"sum", {x}, {}, {0, 0}}, g),
             IsTensor({2, 2}, {1, 10, 1, 10}));
  CHECK_THAT(gradient_of({"sum", {x}, {}, {1, 0}}, g),
             IsTensor({2, 2}, {1, 1, 10, 10}));
  CHECK_THAT(gradient_of({"mean", {x}, {}, {1, 0}}, g),
             IsTensor({2, 2}, {0.5f, 0.5f, 5, 5}));
  CHECK_THAT(gradient_of({"max", {x}, {}, {1, 0}}, g),
             IsTensor({2, 2}, {0, 1, 0, 10}));
  CHECK_THAT(gradient_of({"min", {x}, {}, {1, 0}}, g),
             IsTensor({2, 2}, {1, 0, 10, 0}));
}

TEST_CASE("negative axes count from the end on the way back",
          "[05.7][hidden]") {
  const Tensor x = make({2, 2, 2}, counting({2, 2, 2}));
  const Tensor g = make({2, 2}, {1, 2, 3, 4});
  CHECK_THAT(gradient_of({"sum", {x}, {}, {-1, 0}}, g),
             IsTensor({2, 2, 2}, {1, 1, 2, 2, 3, 3, 4, 4}));
  CHECK_THAT(gradient_of({"sum", {x}, {}, {-2, 0}}, g),
             IsTensor({2, 2, 2}, {1, 2, 1, 2, 3, 4, 3, 4}));
  CHECK_THAT(gradient_of({"mean", {x}, {}, {-3, 0}}, g),
             IsTensor({2, 2, 2}, {0.5f, 1, 1.5f, 2, 0.5f, 1, 1.5f, 2}));
  CHECK_THAT(gradient_of({"max", {x}, {}, {-2, 0}}, g),
             IsTensor({2, 2, 2}, {0, 0, 1, 2, 0, 0, 3, 4}));
}

TEST_CASE("a kept dimension makes no difference on the way back",
          "[05.7][hidden]") {
  const Tensor x = make({2, 3}, {1, 5, 3, 4, 2, 6});
  const Tensor column = make({2, 1}, {3, 30});
  CHECK_THAT(gradient_of({"sum", {x}, {}, {1, 1}}, column),
             IsTensor({2, 3}, {3, 3, 3, 30, 30, 30}));
  CHECK_THAT(gradient_of({"mean", {x}, {}, {1, 1}}, column),
             IsTensor({2, 3}, {1, 1, 1, 10, 10, 10}));
  CHECK_THAT(gradient_of({"max", {x}, {}, {1, 1}}, column),
             IsTensor({2, 3}, {0, 3, 0, 0, 0, 30}));
  CHECK_THAT(gradient_of({"min", {x}, {}, {-1, 1}}, column),
             IsTensor({2, 3}, {3, 0, 0, 0, 30, 0}));
  CHECK_THAT(gradient_of({"sum", {x}, {}, {0, 1}}, make({1, 3}, {1, 2, 3})),
             IsTensor({2, 3}, {1, 2, 3, 1, 2, 3}));
}

TEST_CASE("a reduction over everything may keep all dimensions",
          "[05.7][hidden]") {
  // keepdims without an axis: the gradient has the shape (1, 1).
  const Tensor x = make({2, 2}, {1, 2, 3, 4});
  const Tensor g = make({1, 1}, {8});
  CHECK_THAT(gradient_of({"sum", {x}}, g), IsTensor({2, 2}, {8, 8, 8, 8}));
  CHECK_THAT(gradient_of({"mean", {x}}, g), IsTensor({2, 2}, {2, 2, 2, 2}));
  CHECK_THAT(gradient_of({"max", {x}}, g), IsTensor({2, 2}, {0, 0, 0, 8}));
}

TEST_CASE("a scalar can be reduced along its axes 0 and -1", "[05.7][hidden]") {
  const Tensor x = make({}, {3});
  const Tensor g = make({}, {7});
  for (const char* operation : {"sum", "mean", "max", "min"}) {
    CAPTURE(operation);
    CHECK_THAT(gradient_of({operation, {x}}, g), IsTensor({}, {7}));
    CHECK_THAT(gradient_of({operation, {x}, {}, {0, 0}}, g), IsTensor({}, {7}));
    CHECK_THAT(gradient_of({operation, {x}, {}, {-1, 1}}, g),
               IsTensor({}, {7}));
  }
}

TEST_CASE("the mean of a middle axis divides by its extent alone",
          "[05.7][hidden]") {
  const Tensor x = make({2, 4, 1}, counting({2, 4, 1}));
  CHECK_THAT(gradient_of({"mean", {x}, {}, {1, 0}}, make({2, 1}, {4, 8})),
             IsTensor({2, 4, 1}, {1, 1, 1, 1, 2, 2, 2, 2}));
}

TEST_CASE("ties are counted for each row on its own", "[05.7][hidden]") {
  // As PyTorch's amax and amin.
  const Tensor x = make({3, 3}, {2, 2, 2, 1, 0, 1, 5, 4, 3});
  const Tensor g = make({3}, {6, 6, 6});
  CHECK_THAT(gradient_of({"max", {x}, {}, {1, 0}}, g),
             IsTensor({3, 3}, {2, 2, 2, 3, 0, 3, 6, 0, 0}, 1e-6f));
  CHECK_THAT(gradient_of({"min", {x}, {}, {1, 0}}, g),
             IsTensor({3, 3}, {2, 2, 2, 0, 6, 0, 0, 0, 6}, 1e-6f));
}

TEST_CASE("an element as large as another row's maximum gets nothing",
          "[05.7][hidden]") {
  const Tensor x = make({2, 2}, {1, 5, 5, 9});
  CHECK_THAT(gradient_of({"max", {x}, {}, {1, 0}}, make({2}, {1, 10})),
             IsTensor({2, 2}, {0, 1, 0, 10}));
}

TEST_CASE("rules of reductions take scattered memory by index",
          "[05.7][hidden]") {
  const Tensor x = scattered({2, 3}, {1, 5, 3, 4, 2, 6});
  const Tensor g = scattered({2}, {1, 10});
  CHECK_THAT(gradient_of({"sum", {x}, {}, {1, 0}}, g),
             IsTensor({2, 3}, {1, 1, 1, 10, 10, 10}));
  CHECK_THAT(gradient_of({"max", {x}, {}, {1, 0}}, g),
             IsTensor({2, 3}, {0, 1, 0, 0, 0, 10}));
  CHECK_THAT(gradient_of({"min", {x}, {}, {1, 0}}, g),
             IsTensor({2, 3}, {1, 0, 0, 0, 10, 0}));
}

TEST_CASE("reductions of nothing have gradients without elements",
          "[05.7][hidden]") {
  const Tensor x = make({0, 3}, {});
  const Tensor row = make({3}, {1, 2, 3});
  for (const char* operation : {"sum", "mean"}) {
    CAPTURE(operation);
    CHECK_THAT(gradient_of({operation, {x}}, make({}, {1})),
               IsTensor({0, 3}, {}));
    CHECK_THAT(gradient_of({operation, {x}, {}, {0, 0}}, row),
               IsTensor({0, 3}, {}));
    CHECK_THAT(gradient_of({operation, {x}, {}, {1, 0}}, make({0}, {})),
               IsTensor({0, 3}, {}));
  }
}

TEST_CASE("sum and mean need none of their elements again", "[05.7][hidden]") {
  Tensor x = make({2}, {1, 2});
  const auto sum = test::node_of({"sum", {x}});
  const auto mean = test::node_of({"mean", {x}});
  const auto max = test::node_of({"max", {x}});
  x.mutable_data()[0] = 4;
  CHECK_THAT(sum->apply(make({}, {2})).at(0), IsTensor({2}, {2, 2}));
  CHECK_THAT(mean->apply(make({}, {2})).at(0), IsTensor({2}, {1, 1}));
  CHECK_THROWS_AS(max->apply(make({}, {2})), AutogradError);
}
