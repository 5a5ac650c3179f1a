// 08.1 Tensors as a data set: what a plausible mistake would get wrong.
#include "support/tensors.hpp"
#include "tinytorch/data.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::make;
using test::Mentions;
using test::scattered;
using test::shares_memory;

TEST_CASE("samples of scattered memory are views with the right values",
          "[08.1][hidden]") {
  const Tensor images = scattered({3, 2, 2}, test::counting({3, 2, 2}));
  const Tensor classes = scattered({3}, {7, 8, 9});
  const TensorDataset data({images, classes});
  for (std::int64_t i = 0; i < 3; ++i) {
    const Sample sample = data.get(i);
    REQUIRE(sample.size() == 2);
    const auto first = static_cast<float>(4 * i);
    CHECK_THAT(sample[0],
               IsTensor({2, 2}, {first, first + 1, first + 2, first + 3}));
    CHECK_THAT(sample[1], IsTensor({}, {static_cast<float>(7 + i)}));
    CHECK(shares_memory(sample[0], images));
    CHECK(shares_memory(sample[1], classes));
  }
}

TEST_CASE("samples of a view into the middle of a storage", "[08.1][hidden]") {
  const Tensor all = make({4, 2}, {0, 1, 2, 3, 4, 5, 6, 7});
  const Tensor later = Tensor::view(all.storage(), {2, 2}, {2, 1}, 4);
  const TensorDataset data({later});
  REQUIRE(data.get(1).size() == 1);
  CHECK_THAT(data.get(0)[0], IsTensor({2}, {4, 5}));
  CHECK_THAT(data.get(1)[0], IsTensor({2}, {6, 7}));
}

TEST_CASE("a column of labels gives labels of shape 1", "[08.1][hidden]") {
  const TensorDataset data({make({2, 1}, {5, 6}), make({2}, {5, 6})});
  const Sample sample = data.get(1);
  REQUIRE(sample.size() == 2);
  CHECK_THAT(sample[0], IsTensor({1}, {6}));
  CHECK_THAT(sample[1], IsTensor({}, {6}));
}

TEST_CASE("a sample shows later changes of the data", "[08.1][hidden]") {
  Tensor images = make({2, 2}, {1, 2, 3, 4});
  const TensorDataset data({images});
  const Sample sample = data.get(1);
  REQUIRE(sample.size() == 1);
  images.mutable_data()[2] = 30;
  CHECK_THAT(sample[0], IsTensor({2}, {30, 4}));
}

TEST_CASE("a data set of three tensors keeps their order", "[08.1][hidden]") {
  const TensorDataset data(
      {make({2}, {1, 2}), make({2, 1, 1}, {3, 4}), make({2, 2}, {5, 6, 7, 8})});
  const Sample sample = data.get(0);
  REQUIRE(sample.size() == 3);
  CHECK_THAT(sample[0], IsTensor({}, {1}));
  CHECK_THAT(sample[1], IsTensor({1, 1}, {3}));
  CHECK_THAT(sample[2], IsTensor({2}, {5, 6}));
}

TEST_CASE("a data set without samples is legal and has none to give",
          "[08.1][hidden]") {
  const TensorDataset data({make({0, 8, 8}, {}), make({0}, {})});
  CHECK(data.size() == 0);
  CHECK_THROWS_AS(data.get(0), IndexError);
}

TEST_CASE("samples may have no elements", "[08.1][hidden]") {
  const TensorDataset data({make({2, 0}, {}), make({2}, {1, 2})});
  CHECK(data.size() == 2);
  REQUIRE(data.get(1).size() == 2);
  CHECK_THAT(data.get(1)[0], IsTensor({0}, {}));
}

TEST_CASE("a data set of no tensors is refused", "[08.1][hidden]") {
  CHECK_THROWS_MATCHES(TensorDataset({}), ValueError,
                       Mentions({"TensorDataset"}));
}

TEST_CASE("a scalar is refused wherever it stands", "[08.1][hidden]") {
  CHECK_THROWS_MATCHES(TensorDataset({make({}, {1})}), ShapeError,
                       Mentions({"TensorDataset"}));
  CHECK_THROWS_AS(TensorDataset({make({1}, {1}), make({}, {1})}), ShapeError);
}

TEST_CASE("every tensor is compared by its first extent", "[08.1][hidden]") {
  const Tensor two = make({2, 4}, test::counting({2, 4}));
  const Tensor four = make({4, 2}, test::counting({4, 2}));
  CHECK_THROWS_AS(TensorDataset({two, four}), ShapeError);
  CHECK_THROWS_AS(TensorDataset({four, two}), ShapeError);
  CHECK_THROWS_AS(TensorDataset({two, two, four}), ShapeError);
  CHECK(TensorDataset({two, make({2}, {1, 2})}).size() == 2);
}

TEST_CASE("far indices are refused too", "[08.1][hidden]") {
  const TensorDataset data(
      {make({3}, {1, 2, 3}), make({3, 2}, {1, 2, 3, 4, 5, 6})});
  CHECK_THROWS_AS(data.get(4), IndexError);
  CHECK_THROWS_AS(data.get(-3), IndexError);
  CHECK_THROWS_AS(data.get(std::numeric_limits<std::int64_t>::max()),
                  IndexError);
  CHECK_THROWS_AS(data.get(std::numeric_limits<std::int64_t>::min()),
                  IndexError);
}
