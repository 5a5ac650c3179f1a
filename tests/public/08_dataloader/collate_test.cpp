// 08.2 Stacking samples.
#include "support/tensors.hpp"
#include "tinytorch/data.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::make;
using test::Mentions;

TEST_CASE("two samples become one batch with a new first dimension", "[08.2]") {
  const Batch batch = collate({{make({3}, {1, 2, 3}), make({}, {0})},
                               {make({3}, {4, 5, 6}), make({}, {9})}});
  REQUIRE(batch.size() == 2);
  INFO("two rows of three: (3) and (3) stacked are (2, 3)");
  CHECK_THAT(batch[0], IsTensor({2, 3}, {1, 2, 3, 4, 5, 6}));
  INFO("two scalar labels are a vector of two");
  CHECK_THAT(batch[1], IsTensor({2}, {0, 9}));
}

TEST_CASE("a single sample becomes a batch of one", "[08.2]") {
  const Batch batch = collate({{make({2, 2}, {1, 2, 3, 4})}});
  REQUIRE(batch.size() == 1);
  CHECK_THAT(batch[0], IsTensor({1, 2, 2}, {1, 2, 3, 4}));
}

TEST_CASE("a batch shares no memory with its samples", "[08.2]") {
  Tensor image = make({2}, {1, 2});
  const Batch batch = collate({{image}, {image}});
  REQUIRE(batch.size() == 1);
  INFO("changing the data afterwards must not change the batch");
  image.mutable_data()[0] = 100;
  CHECK_THAT(batch[0], IsTensor({2, 2}, {1, 2, 1, 2}));
}

TEST_CASE("samples of different shapes cannot be stacked", "[08.2]") {
  INFO("the message names both shapes");
  CHECK_THROWS_MATCHES(collate({{make({2}, {1, 2})}, {make({3}, {1, 2, 3})}}),
                       ShapeError, Mentions({"collate", "(2,)", "(3,)"}));
}

TEST_CASE("a batch of no samples is refused", "[08.2]") {
  INFO("nobody knows the shape of a sample that is not there");
  CHECK_THROWS_MATCHES(collate({}), ValueError, Mentions({"collate"}));
}
