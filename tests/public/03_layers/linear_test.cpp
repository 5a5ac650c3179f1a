#include <cmath>
#include <vector>

#include "support/catch.hpp"
#include "support/tensors.hpp"
#include "tinytorch/layers.hpp"

using test::IsTensor;
using test::make;
using test::values;
using tinytorch::Generator;
using tinytorch::Linear;
using tinytorch::Shape;
using tinytorch::Tensor;

namespace {

/// Writes into the memory that the layer's parameter shares with its handles.
void fill(Tensor handle, const std::vector<float>& numbers) {
  float* target = handle.mutable_data();
  for (std::size_t i = 0; i < numbers.size(); ++i) target[i] = numbers[i];
}

}  // namespace

TEST_CASE("Linear makes a weight of shape in by out and a bias of zeros",
          "[03.1]") {
  Generator generator(1);
  const Linear layer(3, 2, true, generator);
  INFO("y = x W + b with x of shape (n, 3) needs W (3, 2) and b (2)");
  CHECK(layer.weight().shape() == Shape{3, 2});
  CHECK_THAT(layer.bias(), IsTensor({2}, {0, 0}));
}

TEST_CASE("Linear draws its weights from the generator it is given", "[03.1]") {
  Generator generator(1), twin(1);
  const Linear layer(4, 2, true, generator);
  INFO("in = 4, so each weight is a normal number times sqrt(1 / 4) = 0.5");
  std::vector<float> expected;
  for (int i = 0; i < 8; ++i) expected.push_back(0.5f * twin.normal());
  CHECK_THAT(layer.weight(), IsTensor({4, 2}, expected, 1e-6f));
}

TEST_CASE("Linear weights have the standard deviation sqrt of 1 over in",
          "[03.1]") {
  // 400 x 300 weights, times sqrt(400) = 20: n = 120,000 numbers z that should
  // be standard normal. Their mean then lies within 5 / sqrt(n) = 0.0145 of 0,
  // and their standard deviation within 5 / sqrt(2 n) = 0.0103 of 1.
  Generator generator(2);
  const Linear layer(400, 300, true, generator);
  double sum = 0, squares = 0;
  for (const float weight : values(layer.weight())) {
    const double z = 20.0 * static_cast<double>(weight);
    sum += z;
    squares += z * z;
  }
  const double mean = sum / 120000;
  INFO("the spread depends on in alone: not on out, and without a factor 2");
  CHECK(std::fabs(mean) < 0.0145);
  CHECK(std::fabs(std::sqrt(squares / 120000 - mean * mean) - 1) < 0.0103);
}

TEST_CASE("Linear marks its weight and its bias as parameters to be learned",
          "[03.1]") {
  Generator generator(1);
  const Linear layer(3, 2, true, generator);
  CHECK(layer.weight().requires_grad());
  CHECK(layer.bias().requires_grad());
}

TEST_CASE("Linear refuses a size below 1", "[03.1]") {
  Generator generator(1);
  CHECK_THROWS_AS(Linear(0, 2, true, generator), tinytorch::ValueError);
  CHECK_THROWS_AS(Linear(3, -1, true, generator), tinytorch::ValueError);
}

TEST_CASE("Linear computes x times W plus b", "[03.2]") {
  Generator generator(1);
  Linear layer(3, 2, true, generator);
  fill(layer.weight(), {0.5f, -1, 0, 1, 1, 0.5f});
  fill(layer.bias(), {0.5f, -0.5f});
  // Row 0: (1 * 0.5 + 2 * 0 + 3 * 1, 1 * -1 + 2 * 1 + 3 * 0.5) = (3.5, 2.5)
  // Row 1: (4 * 0.5 + 5 * 0 + 6 * 1, 4 * -1 + 5 * 1 + 6 * 0.5) = (8, 4)
  // and b = (0.5, -0.5) is added to every row.
  CHECK_THAT(layer.forward(make({2, 3}, {1, 2, 3, 4, 5, 6})),
             IsTensor({2, 2}, {4, 2, 8.5f, 3.5f}));
}

TEST_CASE("Linear without a bias computes x times W", "[03.2]") {
  Generator generator(1);
  Linear layer(2, 2, false, generator);
  fill(layer.weight(), {1, 2, 3, 4});
  // (10 * 1 + 1 * 3, 10 * 2 + 1 * 4) = (13, 24)
  CHECK_THAT(layer.forward(make({1, 2}, {10, 1})), IsTensor({1, 2}, {13, 24}));
}

TEST_CASE("Linear accepts one sample of rank 1", "[03.2]") {
  Generator generator(1);
  Linear layer(2, 3, true, generator);
  fill(layer.weight(), {1, 0, -1, 2, 1, 0});
  fill(layer.bias(), {10, 20, 30});
  // (1 + 6 + 10, 0 + 3 + 20, -1 + 0 + 30) with x = (1, 3)
  CHECK_THAT(layer.forward(make({2}, {1, 3})), IsTensor({3}, {17, 23, 29}));
}

TEST_CASE("Linear refuses an input that does not end in in_features",
          "[03.2]") {
  Generator generator(1);
  Linear layer(3, 2, true, generator);
  INFO("(4, 5) ends in 5, but this layer reads 3 features");
  CHECK_THROWS_AS(layer.forward(make({4, 5}, test::counting({4, 5}))),
                  tinytorch::ShapeError);
}

TEST_CASE("Linear parameters are the weight and then the bias", "[03.3]") {
  Generator generator(1);
  const Linear layer(3, 2, true, generator);
  const std::vector<Tensor> parameters = layer.parameters();
  REQUIRE(parameters.size() == 2);
  CHECK(parameters[0].shape() == Shape{3, 2});
  CHECK(parameters[1].shape() == Shape{2});
}

TEST_CASE("Linear without a bias has one parameter", "[03.3]") {
  Generator generator(1);
  const Linear layer(3, 2, false, generator);
  const std::vector<Tensor> parameters = layer.parameters();
  REQUIRE(parameters.size() == 1);
  CHECK(parameters[0].shape() == Shape{3, 2});
}

TEST_CASE("Writing to a parameter of Linear changes the layer", "[03.3]") {
  Generator generator(1);
  const Linear layer(2, 1, true, generator);
  INFO("an optimizer learns by writing to the tensors that parameters() gives");
  std::vector<Tensor> parameters = layer.parameters();
  REQUIRE(parameters.size() == 2);
  parameters[0].mutable_data()[1] = 42;
  parameters[1].mutable_data()[0] = 7;
  CHECK(values(layer.weight())[1] == 42);
  CHECK_THAT(layer.bias(), IsTensor({1}, {7}));
}
