// 08.5 Random flip: what a plausible mistake would get wrong.
#include "support/tensors.hpp"
#include "tinytorch/data.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::make;
using test::Mentions;
using test::scattered;

TEST_CASE("every channel of an image is mirrored", "[08.5][hidden]") {
  const RandomHorizontalFlip flip(1.0f);
  CHECK_THAT(flip(make({2, 2, 3}, test::counting({2, 2, 3}))),
             IsTensor({2, 2, 3}, {2, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9}));
}

TEST_CASE("an image in scattered memory is mirrored by index",
          "[08.5][hidden]") {
  const RandomHorizontalFlip flip(1.0f);
  CHECK_THAT(flip(scattered({2, 3}, {1, 2, 3, 4, 5, 6})),
             IsTensor({2, 3}, {3, 2, 1, 6, 5, 4}));
}

TEST_CASE("each image costs one draw whatever p is", "[08.5][hidden]") {
  for (const float p : {0.0f, 0.5f, 1.0f}) {
    CAPTURE(p);
    Generator generator(9), twin(9);
    const RandomHorizontalFlip flip(p, generator);
    for (int i = 0; i < 3; ++i) {
      flip(make({2, 2, 2}, test::counting({2, 2, 2})));
      twin.uniform();
    }
    CHECK(generator.state() == twin.state());
  }
}

TEST_CASE("a draw below p flips and a draw of p or more does not",
          "[08.5][hidden]") {
  // Generator(0) draws 0.601, 0.748: only the first is below 0.7.
  Generator generator(0);
  const RandomHorizontalFlip flip(0.7f, generator);
  const Tensor image = make({1, 2}, {1, 2});
  CHECK_THAT(flip(image), IsTensor({1, 2}, {2, 1}));
  CHECK_THAT(flip(image), IsTensor({1, 2}, {1, 2}));
}

TEST_CASE("a draw of exactly 0 does not flip with probability 0",
          "[08.5][hidden]") {
  Generator generator(0);
  generator.set_state({1, 0, 0, 0});  // The next number is 0.
  const RandomHorizontalFlip flip(0.0f, generator);
  CHECK_THAT(flip(make({1, 2}, {1, 2})), IsTensor({1, 2}, {1, 2}));
}

TEST_CASE("a flip without a generator uses the default one", "[08.5][hidden]") {
  // Generator(2) draws 0.10, 0.73.
  tinytorch::manual_seed(2);
  const RandomHorizontalFlip flip;
  CHECK_THAT(flip(make({1, 2}, {1, 2})), IsTensor({1, 2}, {2, 1}));
  CHECK_THAT(flip(make({1, 2}, {1, 2})), IsTensor({1, 2}, {1, 2}));
}

TEST_CASE("images without columns or rows can be flipped", "[08.5][hidden]") {
  const RandomHorizontalFlip flip(1.0f);
  CHECK_THAT(flip(make({2, 0}, {})), IsTensor({2, 0}, {}));
  CHECK_THAT(flip(make({0, 2}, {})), IsTensor({0, 2}, {}));
  CHECK_THAT(flip(make({2, 1}, {1, 2})), IsTensor({2, 1}, {1, 2}));
}

TEST_CASE("a flip refuses what has no rows and columns", "[08.5][hidden]") {
  const RandomHorizontalFlip flip(1.0f);
  CHECK_THROWS_MATCHES(flip(make({3}, {1, 2, 3})), ShapeError,
                       Mentions({"RandomHorizontalFlip", "(3,)"}));
  const RandomHorizontalFlip never(0.0f);
  CHECK_THROWS_AS(never(make({}, {1})), ShapeError);
}

TEST_CASE("a mirrored image shares no memory with the original",
          "[08.5][hidden]") {
  const RandomHorizontalFlip flip(1.0f);
  const Tensor image = make({2, 2}, {1, 2, 3, 4});
  const Tensor mirrored = flip(image);
  CHECK_FALSE(test::shares_memory(mirrored, image));
  CHECK_THAT(flip(mirrored), IsTensor({2, 2}, {1, 2, 3, 4}));
}
