// 05.8 Rules of views: what a plausible mistake would get wrong.
#include "support/gradients.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::counting;
using test::gradient_of;
using test::IsTensor;
using test::make;
using test::scattered;

TEST_CASE("reshape takes scattered gradients by index", "[05.8][hidden]") {
  const Tensor x = make({4}, {1, 2, 3, 4});
  CHECK_THAT(gradient_of({"reshape", {x}}, scattered({2, 2}, {1, 2, 3, 4})),
             IsTensor({4}, {1, 2, 3, 4}));
}

TEST_CASE("reshape goes back to scalars and to empty shapes",
          "[05.8][hidden]") {
  CHECK_THAT(gradient_of({"reshape", {make({}, {1})}}, make({1, 1}, {7})),
             IsTensor({}, {7}));
  CHECK_THAT(gradient_of({"reshape", {make({0, 3}, {})}}, make({2, 0}, {})),
             IsTensor({0, 3}, {}));
}

TEST_CASE("transpose goes back by the two dimensions it swapped",
          "[05.8][hidden]") {
  // (2, 1, 3) with 0 and 2 swapped is (3, 1, 2).
  const Tensor x = make({2, 1, 3}, counting({2, 1, 3}));
  const Tensor g = make({3, 1, 2}, {1, 2, 3, 4, 5, 6});
  CHECK_THAT(gradient_of({"transpose", {x}, {}, {0, 2}}, g),
             IsTensor({2, 1, 3}, {1, 3, 5, 2, 4, 6}));
  CHECK_THAT(gradient_of({"transpose", {x}, {}, {-1, 0}}, g),
             IsTensor({2, 1, 3}, {1, 3, 5, 2, 4, 6}));
  // A cube hides wrong dimensions: all shapes fit.
  const Tensor cube = make({2, 2, 2}, counting({2, 2, 2}));
  CHECK_THAT(gradient_of({"transpose", {cube}, {}, {0, 1}}, cube),
             IsTensor({2, 2, 2}, {0, 1, 4, 5, 2, 3, 6, 7}));
}

TEST_CASE("permute of a cube needs the inverse and not the order itself",
          "[05.8][hidden]") {
  // y[i, j, k] = x[k, i, j] by dims {1, 2, 0}; so dx[a, b, c] = g[b, c, a].
  const Tensor cube = make({2, 2, 2}, counting({2, 2, 2}));
  const std::vector<float> expected = {0, 2, 4, 6, 1, 3, 5, 7};
  CHECK_THAT(gradient_of({"permute", {cube}, {}, {1, 2, 0}}, cube),
             IsTensor({2, 2, 2}, expected));
  CHECK_THAT(gradient_of({"permute", {cube}, {}, {-2, -1, -3}}, cube),
             IsTensor({2, 2, 2}, expected));
  CHECK_THAT(gradient_of({"permute", {cube}, {}, {1, -1, 0}}, cube),
             IsTensor({2, 2, 2}, expected));
}

TEST_CASE("permute of a scalar goes back", "[05.8][hidden]") {
  CHECK_THAT(gradient_of({"permute", {make({}, {3})}}, make({}, {7})),
             IsTensor({}, {7}));
}

TEST_CASE("a slice may count from the end and end beyond it",
          "[05.8][hidden]") {
  const Tensor x = make({5}, {1, 2, 3, 4, 5});
  CHECK_THAT(gradient_of({"slice", {x}, {}, {0, -2, Tensor::kEnd, 1}},
                         make({2}, {7, 8})),
             IsTensor({5}, {0, 0, 0, 7, 8}));
  CHECK_THAT(
      gradient_of({"slice", {x}, {}, {-1, -9, -3, 1}}, make({2}, {7, 8})),
      IsTensor({5}, {7, 8, 0, 0, 0}));
  CHECK_THAT(gradient_of({"slice", {x}, {}, {0, 3, 99, 1}}, make({2}, {7, 8})),
             IsTensor({5}, {0, 0, 0, 7, 8}));
}

TEST_CASE("a slice of a middle dimension with a step goes back",
          "[05.8][hidden]") {
  // (2, 4, 2)[:, 1::2] takes the rows 1 and 3 of both blocks.
  const Tensor x = make({2, 4, 2}, counting({2, 4, 2}));
  const Tensor g = make({2, 2, 2}, {1, 2, 3, 4, 5, 6, 7, 8});
  const IsTensor expected({2, 4, 2},
                          {0, 0, 1, 2, 0, 0, 3, 4, 0, 0, 5, 6, 0, 0, 7, 8});
  CHECK_THAT(gradient_of({"slice", {x}, {}, {1, 1, Tensor::kEnd, 2}}, g),
             expected);
  CHECK_THAT(gradient_of({"slice", {x}, {}, {-2, 1, 4, 2}}, g), expected);
}

TEST_CASE("a slice of scattered memory gets a gradient by index",
          "[05.8][hidden]") {
  const Tensor x = scattered({2, 3}, {1, 2, 3, 4, 5, 6});
  const Tensor g = scattered({2, 2}, {1, 2, 3, 4});
  CHECK_THAT(gradient_of({"slice", {x}, {}, {1, 0, Tensor::kEnd, 2}}, g),
             IsTensor({2, 3}, {1, 0, 2, 3, 0, 4}));
}

TEST_CASE("an empty slice goes back as zeros", "[05.8][hidden]") {
  const Tensor x = make({2, 3}, {1, 2, 3, 4, 5, 6});
  CHECK_THAT(gradient_of({"slice", {x}, {}, {1, 2, 2, 1}}, make({2, 0}, {})),
             IsTensor({2, 3}, {0, 0, 0, 0, 0, 0}));
  CHECK_THAT(gradient_of({"slice", {make({0, 3}, {})}, {}, {1, 0, 2, 1}},
                         make({0, 2}, {})),
             IsTensor({0, 3}, {}));
}

TEST_CASE("broadcast_to adds up kept and added dimensions", "[05.8][hidden]") {
  const Tensor g = make({2, 2, 2}, {1, 2, 3, 4, 10, 20, 30, 40});
  CHECK_THAT(gradient_of({"broadcast_to", {make({2, 1}, {1, 2})}}, g),
             IsTensor({2, 1}, {33, 77}));
  CHECK_THAT(gradient_of({"broadcast_to", {make({}, {1})}}, g),
             IsTensor({}, {110}));
}

TEST_CASE("views need nothing saved", "[05.8][hidden]") {
  Tensor x = make({2, 2}, {1, 2, 3, 4});
  const auto transpose = test::node_of({"transpose", {x}, x, {0, 1}});
  const auto slice = test::node_of({"slice", {x}, x, {0, 0, 1, 1}});
  const auto clone = test::node_of({"clone", {x}, x});
  x.mutable_data()[0] = 9;
  CHECK_THAT(transpose->apply(make({2, 2}, {1, 2, 3, 4})).at(0),
             IsTensor({2, 2}, {1, 3, 2, 4}));
  CHECK_THAT(slice->apply(make({1, 2}, {1, 2})).at(0),
             IsTensor({2, 2}, {1, 2, 0, 0}));
  CHECK_THAT(clone->apply(make({2, 2}, {1, 2, 3, 4})).at(0),
             IsTensor({2, 2}, {1, 2, 3, 4}));
}
