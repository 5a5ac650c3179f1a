// 08.5 Random flip, 08.6 Random crop, 08.7 Composition.
#include "support/tensors.hpp"
#include "tinytorch/data.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::make;
using test::Mentions;

namespace {

const std::vector<float> kNine = {1, 2, 3, 4, 5, 6, 7, 8, 9};

/// A transform that computes a x + b, without the arithmetic under test.
Transform line(float a, float b) {
  return [a, b](const Tensor& x) {
    std::vector<float> v = test::values(x);
    for (float& value : v) value = a * value + b;
    return make(x.shape(), v);
  };
}

}  // namespace

TEST_CASE("a flip mirrors left and right", "[08.5]") {
  INFO("each row is reversed; the rows stay where they are");
  const RandomHorizontalFlip flip(1.0f);
  CHECK_THAT(flip(make({2, 3}, {1, 2, 3, 4, 5, 6})),
             IsTensor({2, 3}, {3, 2, 1, 6, 5, 4}));
}

TEST_CASE("a flip with probability 0 changes nothing", "[08.5]") {
  const RandomHorizontalFlip flip(0.0f);
  CHECK_THAT(flip(make({2, 3}, {1, 2, 3, 4, 5, 6})),
             IsTensor({2, 3}, {1, 2, 3, 4, 5, 6}));
}

TEST_CASE("the draw decides whether an image is flipped", "[08.5]") {
  INFO("Generator(0) draws 0.60, 0.75, 0.10, 0.42: below 0.5 is a flip");
  Generator generator(0);
  const RandomHorizontalFlip flip(0.5f, generator);
  const Tensor image = make({1, 2}, {1, 2});
  CHECK_THAT(flip(image), IsTensor({1, 2}, {1, 2}));
  CHECK_THAT(flip(image), IsTensor({1, 2}, {1, 2}));
  CHECK_THAT(flip(image), IsTensor({1, 2}, {2, 1}));
  CHECK_THAT(flip(image), IsTensor({1, 2}, {2, 1}));
}

TEST_CASE("a flip leaves the original alone", "[08.5]") {
  const RandomHorizontalFlip flip(1.0f);
  const Tensor image = make({1, 3}, {1, 2, 3});
  CHECK_THAT(flip(image), IsTensor({1, 3}, {3, 2, 1}));
  CHECK_THAT(image, IsTensor({1, 3}, {1, 2, 3}));
}

TEST_CASE("a crop cuts out a window at a place that is drawn", "[08.6]") {
  INFO("a window of 2 x 2 has 2 x 2 places in an image of 3 x 3;");
  INFO("Generator(0) draws row 0, column 0, twice, then row 1, column 0");
  Generator generator(0);
  const RandomCrop crop(2, 2, 0, generator);
  const Tensor image = make({3, 3}, kNine);
  CHECK_THAT(crop(image), IsTensor({2, 2}, {1, 2, 4, 5}));
  CHECK_THAT(crop(image), IsTensor({2, 2}, {1, 2, 4, 5}));
  CHECK_THAT(crop(image), IsTensor({2, 2}, {4, 5, 7, 8}));
  INFO("then row 0, column 1");
  CHECK_THAT(crop(image), IsTensor({2, 2}, {2, 3, 5, 6}));
}

TEST_CASE("a window as large as the image has one place", "[08.6]") {
  const RandomCrop crop(3, 3, 0);
  CHECK_THAT(crop(make({3, 3}, kNine)), IsTensor({3, 3}, kNine));
}

TEST_CASE("padding lets the window reach over the edges", "[08.6]") {
  INFO("with padding 1 the image is 5 x 5 and a window of 3 x 3 has 3 x 3");
  INFO("places; Generator(0) draws (2, 2), (1, 1) and (0, 2)");
  Generator generator(0);
  const RandomCrop crop(3, 3, 1, generator);
  const Tensor image = make({3, 3}, kNine);
  CHECK_THAT(crop(image), IsTensor({3, 3}, {5, 6, 0, 8, 9, 0, 0, 0, 0}));
  CHECK_THAT(crop(image), IsTensor({3, 3}, kNine));
  CHECK_THAT(crop(image), IsTensor({3, 3}, {0, 0, 0, 2, 3, 0, 5, 6, 0}));
}

TEST_CASE("all channels are cropped at the same place", "[08.6]") {
  INFO("Generator(0) draws row 0 of 2, column 2 of 3");
  Generator generator(0);
  const RandomCrop crop(1, 2, 0, generator);
  CHECK_THAT(crop(make({2, 2, 4}, test::counting({2, 2, 4}))),
             IsTensor({2, 1, 2}, {2, 3, 10, 11}));
}

TEST_CASE("a window that does not fit is refused", "[08.6]") {
  const RandomCrop crop(6, 3, 1);
  INFO("3 rows and a padding of 1 on both sides are 5, fewer than 6");
  CHECK_THROWS_MATCHES(crop(make({3, 3}, kNine)), ShapeError,
                       Mentions({"RandomCrop", "(3, 3)", "6"}));
}

TEST_CASE("transforms are applied from first to last", "[08.7]") {
  INFO("twice 3 plus 1 is 7; one more and then twice would be 8");
  const Compose compose({line(2, 0), line(1, 1)});
  CHECK_THAT(compose(make({1}, {3})), IsTensor({1}, {7}));
}

TEST_CASE("a composition of one transform is that transform", "[08.7]") {
  const Compose compose({line(5, 0)});
  CHECK_THAT(compose(make({2}, {1, 2})), IsTensor({2}, {5, 10}));
}

TEST_CASE("a composition of nothing changes nothing", "[08.7]") {
  const Compose compose({});
  CHECK_THAT(compose(make({2}, {1, 2})), IsTensor({2}, {1, 2}));
}
