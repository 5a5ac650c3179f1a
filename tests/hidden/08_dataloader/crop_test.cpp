// 08.6 Random crop: what a plausible mistake would get wrong.
#include <set>

#include "support/tensors.hpp"
#include "tinytorch/data.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::make;
using test::Mentions;
using test::scattered;

namespace {

const std::vector<float> kNine = {1, 2, 3, 4, 5, 6, 7, 8, 9};

}  // namespace

TEST_CASE("the row is drawn before the column", "[08.6][hidden]") {
  // A window of 1 x 2 in 2 x 4 has 2 x 3 places. From a model of the generator
  // in Python, Generator(0) draws (0, 2), (0, 1), (1, 2).
  Generator generator(0);
  const RandomCrop crop(1, 2, 0, generator);
  const Tensor image = make({2, 4}, {1, 2, 3, 4, 5, 6, 7, 8});
  CHECK_THAT(crop(image), IsTensor({1, 2}, {3, 4}));
  CHECK_THAT(crop(image), IsTensor({1, 2}, {2, 3}));
  CHECK_THAT(crop(image), IsTensor({1, 2}, {7, 8}));
}

TEST_CASE("a crop draws two numbers even where there is one place",
          "[08.6][hidden]") {
  Generator generator(3), twin(3);
  const RandomCrop crop(3, 3, 0, generator);
  crop(make({2, 3, 3}, test::counting({2, 3, 3})));
  twin.below(1);
  twin.below(1);
  CHECK(generator.state() == twin.state());
}

TEST_CASE("the window reaches every place and no other", "[08.6][hidden]") {
  Generator generator(10);
  const RandomCrop crop(2, 2, 0, generator);
  const Tensor image = make({4, 3}, test::counting({4, 3}));
  std::set<float> corners;
  for (int i = 0; i < 300; ++i) {
    const Tensor window = crop(image);
    const float corner = test::values(window)[0];
    corners.insert(corner);
    CHECK_THAT(window,
               IsTensor({2, 2}, {corner, corner + 1, corner + 3, corner + 4}));
  }
  CHECK(corners == std::set<float>{0, 1, 3, 4, 6, 7});
}

TEST_CASE("padding reaches over all four edges equally", "[08.6][hidden]") {
  Generator generator(11);
  const RandomCrop crop(1, 1, 2, generator);
  const Tensor image = make({1, 1}, {1});
  int hits = 0;
  for (int i = 0; i < 2500; ++i) {
    hits += test::values(crop(image))[0] == 1.0f ? 1 : 0;
  }
  // The image is one of 5 x 5 places: 100 hits expected, deviation 9.8.
  CHECK(hits > 50);
  CHECK(hits < 150);
}

TEST_CASE("the window follows the draws through the padding",
          "[08.6][hidden]") {
  // A window of 1 x 1 has 9 x 9 places in 3 x 3 with padding 3. From a model
  // of the generator in Python, Generator(1) draws (4, 1), (5, 8), (2, 7) and
  // (5, 3): only the last one hits the image, in row 2 and column 0.
  Generator generator(1);
  const RandomCrop crop(1, 1, 3, generator);
  const Tensor image = make({3, 3}, kNine);
  CHECK_THAT(crop(image), IsTensor({1, 1}, {0}));
  CHECK_THAT(crop(image), IsTensor({1, 1}, {0}));
  CHECK_THAT(crop(image), IsTensor({1, 1}, {0}));
  CHECK_THAT(crop(image), IsTensor({1, 1}, {7}));
}

TEST_CASE("every channel is cut at the drawn place", "[08.6][hidden]") {
  // Generator(0) draws (0, 2), (0, 1) and (1, 2).
  Generator generator(0);
  const RandomCrop crop(1, 2, 0, generator);
  const Tensor image = make({2, 2, 4}, test::counting({2, 2, 4}));
  CHECK_THAT(crop(image), IsTensor({2, 1, 2}, {2, 3, 10, 11}));
  CHECK_THAT(crop(image), IsTensor({2, 1, 2}, {1, 2, 9, 10}));
  CHECK_THAT(crop(image), IsTensor({2, 1, 2}, {6, 7, 14, 15}));
}

TEST_CASE("an image in scattered memory is cut by index", "[08.6][hidden]") {
  // Generator(0) draws (2, 2) of 3 x 3 places.
  Generator generator(0);
  const RandomCrop crop(3, 3, 1, generator);
  CHECK_THAT(crop(scattered({2, 3, 3}, test::counting({2, 3, 3}))),
             IsTensor({2, 3, 3}, {4, 5, 0, 7, 8, 0, 0, 0, 0,  //
                                  13, 14, 0, 16, 17, 0, 0, 0, 0}));
}

TEST_CASE("a window may be larger than the image within its padding",
          "[08.6][hidden]") {
  const RandomCrop crop(3, 4, 1);
  CHECK_THAT(crop(make({1, 2}, {5, 6})),
             IsTensor({3, 4}, {0, 0, 0, 0, 0, 5, 6, 0, 0, 0, 0, 0}));
}

TEST_CASE("a crop pads by 4 where nothing else is said", "[08.6][hidden]") {
  std::vector<float> expected(81, 0.0f);
  expected[40] = 1;
  CHECK_THAT(RandomCrop(9, 9)(make({1, 1}, {1})), IsTensor({9, 9}, expected));
  CHECK_THROWS_AS(RandomCrop(10, 9)(make({1, 1}, {1})), ShapeError);
  CHECK_THROWS_AS(RandomCrop(9, 10)(make({1, 1}, {1})), ShapeError);
}

TEST_CASE("a window too wide or too high is refused", "[08.6][hidden]") {
  const Tensor image = make({2, 4}, test::counting({2, 4}));
  CHECK_THROWS_AS(RandomCrop(3, 1, 0)(image), ShapeError);
  CHECK_THROWS_AS(RandomCrop(1, 5, 0)(image), ShapeError);
  CHECK(RandomCrop(2, 4, 0)(image).shape() == Shape{2, 4});
  CHECK_THROWS_MATCHES(RandomCrop(1, 1)(make({3}, {1, 2, 3})), ShapeError,
                       Mentions({"RandomCrop", "(3,)"}));
  CHECK_THROWS_AS(RandomCrop(1, 1)(make({}, {1})), ShapeError);
}

TEST_CASE("images without pixels give padding or nothing", "[08.6][hidden]") {
  CHECK_THAT(RandomCrop(2, 2, 0)(make({0, 3, 3}, {})), IsTensor({0, 2, 2}, {}));
  CHECK_THAT(RandomCrop(2, 2, 1)(make({3, 0, 0}, {})),
             IsTensor({3, 2, 2}, std::vector<float>(12, 0.0f)));
}

TEST_CASE("a crop without a generator uses the default one", "[08.6][hidden]") {
  // Generator(1) draws (1, 1) and (0, 2) of 2 x 3 places.
  tinytorch::manual_seed(1);
  const RandomCrop crop(1, 2, 0);
  const Tensor image = make({2, 4}, {1, 2, 3, 4, 5, 6, 7, 8});
  CHECK_THAT(crop(image), IsTensor({1, 2}, {6, 7}));
  CHECK_THAT(crop(image), IsTensor({1, 2}, {3, 4}));
}

TEST_CASE("a crop leaves the original alone", "[08.6][hidden]") {
  const Tensor image = make({3, 3}, kNine);
  const Tensor window = RandomCrop(3, 3, 2)(image);
  CHECK(window.shape() == Shape{3, 3});
  CHECK_THAT(image, IsTensor({3, 3}, kNine));
}
