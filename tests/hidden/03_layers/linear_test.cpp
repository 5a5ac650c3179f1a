#include <cmath>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/tensors.hpp"
#include "tinytorch/layers.hpp"

using test::IsTensor;
using test::kInf;
using test::kNaN;
using test::make;
using test::Mentions;
using test::scattered;
using test::values;
using tinytorch::Generator;
using tinytorch::Linear;
using tinytorch::Shape;
using tinytorch::ShapeError;
using tinytorch::Tensor;
using tinytorch::ValueError;

namespace {

void fill(Tensor handle, const std::vector<float>& numbers) {
  float* target = handle.mutable_data();
  for (std::size_t i = 0; i < numbers.size(); ++i) target[i] = numbers[i];
}

/// Linear(3, 2) with W = ((1, 10), (2, 20), (3, 30)) and b = (0.5, -0.5).
Linear counting_layer() {
  Generator generator(1);
  Linear layer(3, 2, true, generator);
  fill(layer.weight(), {1, 10, 2, 20, 3, 30});
  fill(layer.bias(), {0.5f, -0.5f});
  return layer;
}

}  // namespace

TEST_CASE("Linear weights are normal and not uniform", "[03.1][hidden]") {
  // Of n = 120,000 standard normal numbers, a share of 0.0455 lies beyond 2,
  // with the standard deviation sqrt(0.0455 * 0.9545 / n) = 0.0006; the bounds
  // are 5 of these. Uniform numbers of the same spread end at sqrt(3) = 1.73.
  Generator generator(12);
  const Linear layer(300, 400, true, generator);
  int beyond = 0;
  for (const float weight : values(layer.weight())) {
    beyond += std::fabs(weight) * std::sqrt(300.0f) > 2.0f;
  }
  CHECK(std::fabs(beyond / 120000.0 - 0.0455) < 0.003);
}

TEST_CASE("Linear scales by in_features also when out_features is larger",
          "[03.1][hidden]") {
  Generator generator(3), twin(3);
  const Linear layer(2, 3, true, generator);
  std::vector<float> expected;
  for (int i = 0; i < 6; ++i) {
    expected.push_back(std::sqrt(0.5f) * twin.normal());
  }
  CHECK_THAT(layer.weight(), IsTensor({2, 3}, expected, 1e-6f));
}

TEST_CASE("Linear draws one normal number per weight and none for the bias",
          "[03.1][hidden]") {
  Generator generator(4), twin(4);
  const Linear layer(3, 5, true, generator);
  for (int i = 0; i < 15; ++i) twin.normal();
  CHECK(generator.state() == twin.state());
}

TEST_CASE("Linear uses the default generator when it is given none",
          "[03.1][hidden]") {
  tinytorch::manual_seed(21);
  const Linear first(2, 2);
  const Linear second(2, 2);
  Generator twin(21);
  const Linear first_again(2, 2, true, twin);
  const Linear second_again(2, 2, true, twin);
  CHECK(values(first.weight()) == values(first_again.weight()));
  CHECK(values(second.weight()) == values(second_again.weight()));
  INFO("two layers must not start equal");
  CHECK(values(first.weight()) != values(second.weight()));
}

TEST_CASE("Linear without a bias keeps the empty tensor as its bias",
          "[03.1][hidden]") {
  Generator generator(5);
  const Linear layer(3, 2, false, generator);
  CHECK_FALSE(layer.has_bias());
  CHECK_THAT(layer.bias(), IsTensor({0}, {}));
  CHECK_FALSE(layer.bias().requires_grad());
  CHECK(layer.weight().shape() == Shape{3, 2});
  CHECK(layer.weight().requires_grad());
}

TEST_CASE("Linear of one feature has weights of unit spread",
          "[03.1][hidden]") {
  Generator generator(6), twin(6);
  const Linear layer(1, 1, true, generator);
  CHECK_THAT(layer.weight(), IsTensor({1, 1}, {twin.normal()}, 1e-6f));
  CHECK_THAT(layer.bias(), IsTensor({1}, {0}));
}

TEST_CASE("Linear refuses sizes of 0 and below in either place",
          "[03.1][hidden]") {
  Generator generator(7);
  for (const auto& [in, out] : std::vector<std::pair<int, int>>{
           {0, 2}, {2, 0}, {-1, 2}, {2, -1}, {0, 0}, {-3, -3}}) {
    CAPTURE(in, out);
    CHECK_THROWS_AS(Linear(in, out, true, generator), ValueError);
    CHECK_THROWS_AS(Linear(in, out, false, generator), ValueError);
  }
}

TEST_CASE("Linear names itself and the sizes that it refuses",
          "[03.1][hidden]") {
  Generator generator(8);
  CHECK_THROWS_MATCHES(Linear(0, 17, true, generator), ValueError,
                       Mentions({"Linear", "0", "17"}));
  CHECK_THROWS_MATCHES(Linear(17, -4, true, generator), ValueError,
                       Mentions({"Linear", "17", "-4"}));
}

TEST_CASE("Linear agrees with PyTorch", "[03.2][hidden]") {
  // torch.nn.functional.linear(x, W.T, b), PyTorch 1.13
  Generator generator(9);
  Linear layer(3, 2, true, generator);
  fill(layer.weight(), {0.1f, -0.2f, 0.3f, 0.4f, -0.5f, 0.6f});
  fill(layer.bias(), {0.05f, -0.15f});
  const Tensor x = make({2, 3}, {0.5f, -1.25f, 2, 3, 0.125f, -0.75f});
  CHECK_THAT(layer.forward(x),
             IsTensor({2, 2}, {-1.275f, 0.45f, 0.7625f, -1.15f}, 1e-5f));
}

TEST_CASE("Linear keeps all leading dimensions of its input",
          "[03.2][hidden]") {
  Linear layer = counting_layer();
  // Each sample (a, b, c) gives s = a + 2 b + 3 c: (s + 0.5, 10 s - 0.5).
  const std::vector<float> x = {1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1};
  const std::vector<float> y = {1.5f, 9.5f,  2.5f, 19.5f,
                                3.5f, 29.5f, 6.5f, 59.5f};
  CHECK_THAT(layer.forward(make({4, 3}, x)), IsTensor({4, 2}, y));
  CHECK_THAT(layer.forward(make({2, 2, 3}, x)), IsTensor({2, 2, 2}, y));
  CHECK_THAT(layer.forward(make({2, 1, 2, 3}, x)), IsTensor({2, 1, 2, 2}, y));
  CHECK_THAT(layer.forward(make({3}, {1, 1, 1})), IsTensor({2}, {6.5f, 59.5f}));
}

TEST_CASE("Linear reads scattered memory and an offset", "[03.2][hidden]") {
  Linear layer = counting_layer();
  CHECK_THAT(layer.forward(scattered({2, 3}, {1, 1, 1, 0, 0, 2})),
             IsTensor({2, 2}, {6.5f, 59.5f, 6.5f, 59.5f}));
}

TEST_CASE("Linear of an empty batch is an empty batch", "[03.2][hidden]") {
  Linear layer = counting_layer();
  CHECK_THAT(layer.forward(make({0, 3}, {})), IsTensor({0, 2}, {}));
  CHECK_THAT(layer.forward(make({2, 0, 3}, {})), IsTensor({2, 0, 2}, {}));
}

TEST_CASE("Linear without a bias and with one output keeps its rows",
          "[03.2][hidden]") {
  // Adding the empty bias (0,) would broadcast (3, 1) to (3, 0).
  Generator generator(10);
  Linear layer(2, 1, false, generator);
  fill(layer.weight(), {2, 3});
  CHECK_THAT(layer.forward(make({3, 2}, {1, 0, 0, 1, 1, 1})),
             IsTensor({3, 1}, {2, 3, 5}));
}

TEST_CASE("Linear checks the last dimension and not the first",
          "[03.2][hidden]") {
  Linear layer = counting_layer();
  CHECK_THROWS_AS(layer.forward(make({3, 2}, test::counting({3, 2}))),
                  ShapeError);
  CHECK_THROWS_AS(layer.forward(make({2, 3, 1}, test::counting({2, 3, 1}))),
                  ShapeError);
  CHECK_THROWS_AS(layer.forward(make({2}, {1, 2})), ShapeError);
  CHECK_THROWS_AS(layer.forward(make({0}, {})), ShapeError);
}

TEST_CASE("Linear refuses a scalar", "[03.2][hidden]") {
  Linear layer = counting_layer();
  CHECK_THROWS_MATCHES(layer.forward(make({}, {1})), ShapeError,
                       Mentions({"Linear", "()"}));
}

TEST_CASE("Linear names its sizes and the shape that it refuses",
          "[03.2][hidden]") {
  Generator generator(11);
  Linear layer(13, 7, true, generator);
  CHECK_THROWS_MATCHES(layer.forward(make({4, 5}, test::counting({4, 5}))),
                       ShapeError, Mentions({"Linear", "13", "7", "(4, 5)"}));
}

TEST_CASE("Linear passes NaN and infinity on in their row only",
          "[03.2][hidden]") {
  Linear layer = counting_layer();
  const Tensor x = make({3, 3}, {kNaN, 0, 0, 1, 1, 1, 1, kInf, 0});
  CHECK_THAT(layer.forward(x),
             IsTensor({3, 2}, {kNaN, kNaN, 6.5f, 59.5f, kInf, kInf}));
}

TEST_CASE("Linear allocates its result and leaves everything else as it was",
          "[03.2][hidden]") {
  for (const bool bias : {true, false}) {
    CAPTURE(bias);
    Generator generator(12);
    Linear layer(2, 2, bias, generator);
    const Tensor x = make({1, 2}, {1, 2});
    const std::vector<float> weight = values(layer.weight());
    const std::vector<float> shift = values(layer.bias());
    const std::vector<float> first = values(layer.forward(x));
    Tensor y = layer.forward(x);
    CHECK(values(y) == first);
    fill(y, {-1, -1});
    CHECK_THAT(x, IsTensor({1, 2}, {1, 2}));
    CHECK(values(layer.weight()) == weight);
    CHECK(values(layer.bias()) == shift);
  }
}

TEST_CASE("Linear uses the weights as they are at the time of the call",
          "[03.2][hidden]") {
  Linear layer = counting_layer();
  const Tensor x = make({1, 3}, {1, 1, 1});
  CHECK_THAT(layer.forward(x), IsTensor({1, 2}, {6.5f, 59.5f}));
  fill(layer.weight(), {0, 0, 0, 0, 0, 1});
  CHECK_THAT(layer.forward(x), IsTensor({1, 2}, {0.5f, 0.5f}));
}

TEST_CASE("Linear parameters share memory with the layer", "[03.3][hidden]") {
  Generator generator(13);
  const Linear layer(4, 3, true, generator);
  const std::vector<Tensor> parameters = layer.parameters();
  REQUIRE(parameters.size() == 2);
  CHECK(parameters[0].storage() == layer.weight().storage());
  CHECK(parameters[1].storage() == layer.bias().storage());
}

TEST_CASE("Linear parameters carry the mark of a parameter to be learned",
          "[03.3][hidden]") {
  Generator generator(14);
  const Linear with_bias(4, 3, true, generator);
  const Linear without_bias(4, 3, false, generator);
  REQUIRE(with_bias.parameters().size() == 2);
  REQUIRE(without_bias.parameters().size() == 1);
  CHECK(with_bias.parameters()[0].requires_grad());
  CHECK(with_bias.parameters()[1].requires_grad());
  CHECK(without_bias.parameters()[0].requires_grad());
}

TEST_CASE("Linear gives the same parameters when asked again",
          "[03.3][hidden]") {
  Generator generator(15);
  const Linear layer(2, 2, true, generator);
  const std::vector<Tensor> first = layer.parameters();
  const std::vector<Tensor> second = layer.parameters();
  REQUIRE(first.size() == 2);
  REQUIRE(second.size() == 2);
  CHECK(first[0].storage() == second[0].storage());
  CHECK(first[1].storage() == second[1].storage());
}

TEST_CASE("Linear without a bias shares its one parameter too",
          "[03.3][hidden]") {
  Generator generator(16);
  const Linear layer(2, 3, false, generator);
  std::vector<Tensor> parameters = layer.parameters();
  REQUIRE(parameters.size() == 1);
  parameters[0].mutable_data()[5] = 3;
  CHECK(values(layer.weight())[5] == 3);
}
