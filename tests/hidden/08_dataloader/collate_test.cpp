// 08.2 Stacking samples: what a plausible mistake would get wrong.
#include "support/tensors.hpp"
#include "tinytorch/data.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::make;
using test::Mentions;
using test::scattered;

TEST_CASE("scattered samples are stacked by index", "[08.2][hidden]") {
  const Batch batch = collate({{scattered({2, 3}, {1, 2, 3, 4, 5, 6})},
                               {make({2, 3}, {7, 8, 9, 10, 11, 12})},
                               {scattered({2, 3}, {3, 1, 4, 1, 5, 9})}});
  REQUIRE(batch.size() == 1);
  CHECK_THAT(batch[0], IsTensor({3, 2, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
                                            12, 3, 1, 4, 1, 5, 9}));
  CHECK(batch[0].strides() == Strides{6, 3, 1});
}

TEST_CASE("samples that are views are read from their offset",
          "[08.2][hidden]") {
  const Tensor all = make({6}, {0, 1, 2, 3, 4, 5});
  const Tensor a = Tensor::view(all.storage(), {2}, {1}, 2);
  const Tensor b = Tensor::view(all.storage(), {2}, {1}, 4);
  const Batch batch = collate({{b}, {a}});
  REQUIRE(batch.size() == 1);
  CHECK_THAT(batch[0], IsTensor({2, 2}, {4, 5, 2, 3}));
}

TEST_CASE("tensors of unlike shapes in one sample each get their batch",
          "[08.2][hidden]") {
  const Batch batch =
      collate({{make({}, {1}), make({1}, {2}), make({2, 1}, {3, 4})},
               {make({}, {5}), make({1}, {6}), make({2, 1}, {7, 8})},
               {make({}, {9}), make({1}, {10}), make({2, 1}, {11, 12})}});
  REQUIRE(batch.size() == 3);
  CHECK_THAT(batch[0], IsTensor({3}, {1, 5, 9}));
  CHECK_THAT(batch[1], IsTensor({3, 1}, {2, 6, 10}));
  CHECK_THAT(batch[2], IsTensor({3, 2, 1}, {3, 4, 7, 8, 11, 12}));
}

TEST_CASE("a batch of one sample is a copy as well", "[08.2][hidden]") {
  Tensor image = make({2, 2}, {1, 2, 3, 4});
  const Batch batch = collate({{image}});
  REQUIRE(batch.size() == 1);
  CHECK_FALSE(test::shares_memory(batch[0], image));
  image.mutable_data()[3] = 40;
  CHECK_THAT(batch[0], IsTensor({1, 2, 2}, {1, 2, 3, 4}));
}

TEST_CASE("equal sizes are not equal shapes", "[08.2][hidden]") {
  const auto refuses = [](const Tensor& a, const Tensor& b) {
    CHECK_THROWS_AS(collate({{a}, {b}}), ShapeError);
    CHECK_THROWS_AS(collate({{b}, {a}}), ShapeError);
  };
  refuses(make({2, 3}, test::counting({6})), make({3, 2}, test::counting({6})));
  refuses(make({1}, {1}), make({}, {1}));
  refuses(make({2}, {1, 2}), make({1, 2}, {1, 2}));
}

TEST_CASE("the last of many samples is checked", "[08.2][hidden]") {
  const Sample good = {make({2}, {1, 2}), make({}, {1})};
  const Sample bad = {make({2}, {1, 2}), make({1}, {1})};
  CHECK_THROWS_MATCHES(collate({good, good, good, bad}), ShapeError,
                       Mentions({"collate", "()", "(1,)"}));
}

TEST_CASE("samples with more or fewer tensors are refused", "[08.2][hidden]") {
  const Sample one = {make({1}, {1})};
  const Sample two = {make({1}, {1}), make({1}, {2})};
  CHECK_THROWS_MATCHES(collate({two, one}), ShapeError, Mentions({"collate"}));
  CHECK_THROWS_MATCHES(collate({one, two}), ShapeError, Mentions({"collate"}));
}

TEST_CASE("samples without elements keep their shape", "[08.2][hidden]") {
  const Batch batch = collate({{make({0, 3}, {})}, {make({0, 3}, {})}});
  REQUIRE(batch.size() == 1);
  CHECK_THAT(batch[0], IsTensor({2, 0, 3}, {}));
}

TEST_CASE("samples without tensors give a batch without tensors",
          "[08.2][hidden]") {
  CHECK(collate({Sample{}, Sample{}}).empty());
}

TEST_CASE("stacking leaves the samples alone", "[08.2][hidden]") {
  const std::vector<Sample> samples = {{scattered({2, 2}, {1, 2, 3, 4})},
                                       {make({2, 2}, {5, 6, 7, 8})}};
  collate(samples);
  CHECK_THAT(samples[0][0], IsTensor({2, 2}, {1, 2, 3, 4}));
  CHECK_THAT(samples[1][0], IsTensor({2, 2}, {5, 6, 7, 8}));
}
