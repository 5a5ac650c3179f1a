// Every number of the lesson of module 03, and every answer in it.
#include <cmath>
#include <vector>

#include "support/catch.hpp"
#include "support/tensors.hpp"
#include "tinytorch/activations.hpp"
#include "tinytorch/layers.hpp"

using test::IsTensor;
using test::make;
using test::Mentions;
using tinytorch::Dropout;
using tinytorch::Generator;
using tinytorch::Linear;
using tinytorch::memory_stats;
using tinytorch::ReLU;
using tinytorch::Sequential;
using tinytorch::Tensor;

namespace {

void fill(Tensor handle, const std::vector<float>& numbers) {
  float* target = handle.mutable_data();
  for (std::size_t i = 0; i < numbers.size(); ++i) target[i] = numbers[i];
}

double root_mean_square(const Tensor& x) {
  double squares = 0;
  for (const float value : x.to_vector()) {
    squares += static_cast<double>(value) * static_cast<double>(value);
  }
  return std::sqrt(squares / static_cast<double>(x.size()));
}

/// The size of the output after ten linear layers of 100 features, each with
/// weights `factor` times as large as Linear draws them.
double after_ten_layers(float factor) {
  Generator generator(1);
  Tensor x = Tensor::randn({64, 100}, generator);
  for (int i = 0; i < 10; ++i) {
    Linear layer(100, 100, false, generator);
    x = layer(x) * factor;
  }
  return root_mean_square(x);
}

std::int64_t count(const tinytorch::Layer& layer) {
  std::int64_t total = 0;
  for (const Tensor& parameter : layer.parameters()) total += parameter.size();
  return total;
}

}  // namespace

TEST_CASE("lesson 03: the worked example of Linear") {
  Linear layer(3, 2);
  fill(layer.weight(), {0.5f, -1, 0, 1, 1, 0.5f});
  fill(layer.bias(), {0.5f, -0.5f});
  const Tensor x{{1, 2, 3}, {4, 5, 6}};
  CHECK_THAT(x.matmul(layer.weight()), IsTensor({2, 2}, {3.5f, 2.5f, 8, 4}));
  CHECK_THAT(layer(x), IsTensor({2, 2}, {4, 2, 8.5f, 3.5f}));
}

TEST_CASE("lesson 03: the worked example of Dropout") {
  Generator draws(0);
  for (const float expected : {0.60f, 0.75f, 0.10f, 0.42f}) {
    CHECK(std::fabs(draws.uniform() - expected) < 0.005f);
  }
  Generator generator(0);
  Dropout dropout(0.5f, generator);
  CHECK_THAT(dropout(Tensor{1, 2, 3, 4}), IsTensor({4}, {2, 4, 0, 0}));
}

TEST_CASE("lesson 03: the spread of the initial weights") {
  CHECK(std::fabs(std::sqrt(1.0 / 1000) - 0.032) < 0.0005);
  CHECK(std::fabs(std::sqrt(1.0 / 10) - 0.316) < 0.0005);
  Generator generator(1);
  CHECK(std::fabs(root_mean_square(Linear(1000, 10, true, generator).weight()) -
                  0.032) < 0.001);
  CHECK(std::fabs(root_mean_square(Linear(10, 1000, true, generator).weight()) -
                  0.316) < 0.01);
}

TEST_CASE("lesson 03: ten layers keep, blow up or lose the signal") {
  CHECK(std::fabs(after_ten_layers(1.0f) - 0.91) < 0.05);
  const double large = after_ten_layers(10.0f);
  CHECK(large > 1e9);
  CHECK(large < 1e11);
  const double small = after_ten_layers(0.1f);
  CHECK(small > 1e-11);
  CHECK(small < 1e-9);
}

TEST_CASE("lesson 03: copies of a layer share their parameters") {
  const Linear layer(3, 2);
  const Linear copy = layer;
  CHECK(copy.weight().storage() == layer.weight().storage());
  CHECK(copy.bias().storage() == layer.bias().storage());
}

TEST_CASE("lesson 03: parameters and memory of the digit network") {
  CHECK(count(Linear(784, 256)) == 200960);
  CHECK(200960 * 4 == 803840);
  CHECK(count(Linear(784, 512)) == 401920);
  CHECK(count(Linear(256, 128)) == 32896);
  CHECK(count(Linear(128, 10)) == 1290);
  const Sequential model(Linear(784, 256), ReLU(), Dropout(0.5f),
                         Linear(256, 128), ReLU(), Dropout(0.3f),
                         Linear(128, 10));
  CHECK(model.parameters().size() == 6);
  CHECK(count(model) == 235146);
  CHECK(235146 * 4 == 940584);
  CHECK(std::lround(100.0 * 200960 / 235146) == 85);
}

TEST_CASE("lesson 03: memory of the activations of a batch") {
  Linear layer(784, 256);
  const Tensor x = Tensor::zeros({32, 784});
  CHECK(x.size() * 4 == 100352);
  const std::int64_t before = memory_stats().live_bytes;
  const Tensor y = layer(x);
  CHECK(memory_stats().live_bytes - before == 32768);
  CHECK(32 * (784 + 256 + 128 + 10) * 4 == 150784);
  CHECK(256 * (784 + 256 + 128 + 10) * 4 == 1206272);
}

TEST_CASE("lesson 03: Dropout needs a mask in training and nothing else") {
  Dropout dropout(0.5f);
  const Tensor x = Tensor::ones({32, 784});
  tinytorch::reset_memory_stats();
  const std::int64_t before = memory_stats().live_bytes;
  Tensor y = dropout.forward(x, true);
  CHECK(memory_stats().peak_bytes - before == 2 * 100352);
  CHECK(memory_stats().live_bytes - before == 100352);
  tinytorch::reset_memory_stats();
  y = dropout.forward(x, false);
  CHECK(memory_stats().allocations == 0);
}

TEST_CASE("lesson 03: multiplications of a forward pass") {
  CHECK(32 * 784 * 256 == 6422528);
  CHECK(32 * 256 * 128 == 1048576);
  CHECK(32 * 128 * 10 == 40960);
  CHECK(6422528 + 1048576 + 40960 == 7512064);
  CHECK(100 * 6422528LL / 7512064 == 85);
  CHECK(32 * 256 == 8192);
  CHECK(6422528 / 8192 == 784);
  CHECK(12LL * 96 * 12288 * 12288 == 173946175488LL);
}

TEST_CASE("lesson 03: two linear layers in a row are one linear layer") {
  Generator generator(2);
  Linear first(4, 8, true, generator), second(8, 3, true, generator);
  fill(first.bias(), {1, 2, 3, 4, 5, 6, 7, 8});
  fill(second.bias(), {1, -1, 2});
  const Tensor x = Tensor::randn({5, 4}, generator);
  const Tensor weight = first.weight().matmul(second.weight());
  const Tensor bias = first.bias().matmul(second.weight()) + second.bias();
  CHECK(allclose(second(first(x)), x.matmul(weight) + bias, 1e-4f, 1e-4f));
}

TEST_CASE("lesson 03: equal weights give equal outputs") {
  Generator generator(3);
  const Tensor x = Tensor::randn({4, 3}, generator);
  for (const float start : {0.0f, 1.0f}) {
    CAPTURE(start);
    Linear layer(3, 5);
    fill(layer.weight(), std::vector<float>(15, start));
    const Tensor y = layer(x);
    const Tensor first = y.slice(1, 0, 1);
    CHECK(allclose(y, first.broadcast_to({4, 5})));
  }
}

TEST_CASE("lesson 03: scaled dropout keeps the mean and unscaled halves it") {
  // 100,000 draws: 5 standard deviations of the share kept are 0.0079.
  Generator generator(4);
  Dropout dropout(0.5f, generator);
  const Tensor y = dropout.forward(Tensor::ones({100000}), true);
  const double mean = static_cast<double>(y.mean().item());
  CHECK(std::fabs(mean - 1.0) < 0.0158);
  const Tensor unscaled = y * 0.5f;
  CHECK(std::fabs(static_cast<double>(unscaled.mean().item()) - 0.5) < 0.0079);
}

TEST_CASE(
    "lesson 03: a forgotten eval makes answers change from call to call") {
  Generator generator(5);
  Sequential model(Linear(8, 64, true, generator), Dropout(0.5f, generator),
                   Linear(64, 4, true, generator));
  const Tensor x = Tensor::randn({2, 8}, generator);
  CHECK_FALSE(allclose(model(x), model(x)));
  model.eval();
  CHECK(allclose(model(x), model(x), 0, 0));
}

TEST_CASE("lesson 03: a batch gives what its samples give one by one") {
  Generator generator(6);
  Linear layer(784, 256, true, generator);
  const Tensor x = Tensor::randn({32, 784}, generator);
  const Tensor y = layer(x);
  for (std::int64_t i = 0; i < 32; ++i) {
    CAPTURE(i);
    CHECK(allclose(layer(x.slice(0, i, i + 1)), y.slice(0, i, i + 1), 1e-4f,
                   1e-5f));
  }
}

TEST_CASE("lesson 03: the messages of the common errors") {
  Sequential model(Linear(784, 128), ReLU(), Linear(256, 10));
  CHECK_THROWS_MATCHES(
      model(Tensor::zeros({32, 784})), tinytorch::ShapeError,
      Mentions({"Linear(256, 10): the input's shape (32, 128) must end in "
                "256"}));
  CHECK_THROWS_MATCHES(
      Linear(0, 10), tinytorch::ValueError,
      Mentions({"Linear: in_features 0 and out_features 10 must be at least "
                "1"}));
  CHECK_THROWS_MATCHES(
      Dropout(1.5f), tinytorch::ValueError,
      Mentions({"Dropout: p must be a probability from 0 to 1, got 1.500000"}));
  Sequential empty;
  CHECK_THROWS_MATCHES(empty.add(nullptr), tinytorch::ValueError,
                       Mentions({"Sequential: the layer is null"}));
}

TEST_CASE("lesson 03: Dropout refuses what is not a probability") {
  for (const float p : {-0.1f, 1.1f, test::kNaN, test::kInf}) {
    CAPTURE(p);
    CHECK_THROWS_AS(Dropout(p), tinytorch::ValueError);
  }
  CHECK(Dropout(0.0f).p() == 0.0f);
  CHECK(Dropout(1.0f).p() == 1.0f);
  CHECK(Dropout().p() == 0.5f);
}

TEST_CASE("lesson 03: braces build a Sequential of layers without arguments") {
  const Sequential model{ReLU(), tinytorch::Sigmoid()};
  CHECK(model.layers().size() == 2);
}

TEST_CASE("lesson 03: without the bias the line goes through the origin") {
  Linear layer(2, 1, false);
  CHECK_THAT(layer(Tensor{0, 0}), IsTensor({1}, {0}));
  CHECK_THAT(tinytorch::sigmoid(layer(Tensor{0, 0})), IsTensor({1}, {0.5f}));
}
