// 08.1 Tensors as a data set.
#include "support/tensors.hpp"
#include "tinytorch/data.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::make;
using test::Mentions;

TEST_CASE("the first extent of the tensors counts the samples", "[08.1]") {
  INFO("images (3, 2, 2) and labels (3): three samples");
  const TensorDataset data(
      {make({3, 2, 2}, test::counting({3, 2, 2})), make({3}, {7, 8, 9})});
  CHECK(data.size() == 3);
}

TEST_CASE("a sample is one element of every tensor", "[08.1]") {
  const TensorDataset data(
      {make({3, 2, 2}, test::counting({3, 2, 2})), make({3}, {7, 8, 9})});
  const Sample sample = data.get(1);
  REQUIRE(sample.size() == 2);
  INFO("image 1 is the second one: elements 4 to 7");
  CHECK_THAT(sample[0], IsTensor({2, 2}, {4, 5, 6, 7}));
  INFO("a sample has no dimension for the samples: the label is a scalar");
  CHECK_THAT(sample[1], IsTensor({}, {8}));
}

TEST_CASE("the first and the last sample can be had", "[08.1]") {
  const TensorDataset data({make({3, 2}, {1, 2, 3, 4, 5, 6})});
  REQUIRE(data.get(0).size() == 1);
  CHECK_THAT(data.get(0)[0], IsTensor({2}, {1, 2}));
  CHECK_THAT(data.get(2)[0], IsTensor({2}, {5, 6}));
}

TEST_CASE("samples are views and no copies", "[08.1]") {
  const Tensor images = make({2, 2}, {1, 2, 3, 4});
  const TensorDataset data({images});
  const Sample sample = data.get(1);
  REQUIRE(sample.size() == 1);
  INFO("an epoch over a gigabyte of images must not copy a gigabyte here");
  CHECK(test::shares_memory(sample[0], images));
}

TEST_CASE("an index outside of the data set is refused", "[08.1]") {
  const TensorDataset data({make({3}, {1, 2, 3})});
  INFO("three samples are 0, 1 and 2; the message names index and size");
  CHECK_THROWS_MATCHES(data.get(3), IndexError,
                       Mentions({"TensorDataset", "3"}));
  CHECK_THROWS_MATCHES(data.get(-1), IndexError,
                       Mentions({"TensorDataset", "-1", "3"}));
}

TEST_CASE("a label is missing for every tenth image", "[08.1]") {
  INFO("the message names both shapes");
  CHECK_THROWS_MATCHES(
      TensorDataset({Tensor::empty({100, 4}), Tensor::empty({90})}), ShapeError,
      Mentions({"TensorDataset", "(100, 4)", "(90,)"}));
}
