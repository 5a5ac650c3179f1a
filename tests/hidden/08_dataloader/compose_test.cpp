// 08.7 Composition: what a plausible mistake would get wrong.
#include "support/tensors.hpp"
#include "tinytorch/data.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::make;

namespace {

/// Appends a number to a vector: the result tells who was called, and when.
Transform append(float number) {
  return [number](const Tensor& x) {
    std::vector<float> v = test::values(x);
    v.push_back(number);
    return make({static_cast<std::int64_t>(v.size())}, v);
  };
}

}  // namespace

TEST_CASE("each of four transforms is called once in its turn",
          "[08.7][hidden]") {
  const Compose compose({append(1), append(2), append(3), append(4)});
  CHECK_THAT(compose(make({1}, {0})), IsTensor({5}, {0, 1, 2, 3, 4}));
}

TEST_CASE("a transform may be listed twice", "[08.7][hidden]") {
  const Transform seven = append(7);
  const Compose compose({seven, append(1), seven});
  CHECK_THAT(compose(make({0}, {})), IsTensor({3}, {7, 1, 7}));
}

TEST_CASE("compositions can be composed", "[08.7][hidden]") {
  const Compose inner({append(1), append(2)});
  const Compose outer({append(0), inner, append(3)});
  CHECK_THAT(outer(make({0}, {})), IsTensor({4}, {0, 1, 2, 3}));
}

TEST_CASE("a composition can be used again and leaves its input alone",
          "[08.7][hidden]") {
  const Compose compose({append(1), append(2)});
  const Tensor x = make({1}, {0});
  CHECK_THAT(compose(x), IsTensor({3}, {0, 1, 2}));
  CHECK_THAT(compose(x), IsTensor({3}, {0, 1, 2}));
  CHECK_THAT(x, IsTensor({1}, {0}));
}

TEST_CASE("an empty transform is refused when composing", "[08.7][hidden]") {
  CHECK_THROWS_AS(Compose({append(1), nullptr}), ValueError);
  const Compose compose({append(1)});
  CHECK_THAT(compose(make({0}, {})), IsTensor({1}, {1}));
}
