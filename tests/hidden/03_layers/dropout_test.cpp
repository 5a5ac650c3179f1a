#include <cmath>
#include <vector>

#include "support/catch.hpp"
#include "support/tensors.hpp"
#include "tinytorch/layers.hpp"

using test::IsTensor;
using test::make;
using test::scattered;
using test::values;
using tinytorch::Dropout;
using tinytorch::Generator;
using tinytorch::Tensor;

namespace {

/// What the contract promises for an input of these values.
std::vector<float> expected(const std::vector<float>& x, float p,
                            Generator& draws) {
  std::vector<float> result;
  for (const float value : x) {
    result.push_back(draws.uniform() >= p ? value / (1.0f - p) : 0.0f);
  }
  return result;
}

}  // namespace

TEST_CASE("Dropout keeps an element whose draw equals p", "[03.4][hidden]") {
  Generator generator(31), twin(31);
  const float first = twin.uniform();
  Dropout dropout(first, generator);
  CHECK_THAT(dropout.forward(make({1}, {3}), true),
             IsTensor({1}, {3 / (1 - first)}, 1e-6f));
}

TEST_CASE("Dropout with a small p drops little", "[03.4][hidden]") {
  // n = 100,000 elements dropped with probability 0.1: the share has the
  // standard deviation sqrt(0.1 * 0.9 / n) = 0.00095; the bound is 5 of these.
  Generator generator(32);
  Dropout dropout(0.1f, generator);
  const Tensor y =
      dropout.forward(make({100000}, std::vector<float>(100000, 2.0f)), true);
  int dropped = 0;
  double sum = 0;
  for (const float value : values(y)) {
    dropped += value == 0.0f;
    sum += static_cast<double>(value);
  }
  CHECK(std::fabs(dropped / 1e5 - 0.1) < 0.00475);
  // Every kept element is 2 / 0.9, so 5 standard deviations are 0.0106.
  CHECK(std::fabs(sum / 1e5 - 2.0) < 0.0106);
}

TEST_CASE("Dropout draws in row-major order whatever the memory layout",
          "[03.4][hidden]") {
  const std::vector<float> x = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  Generator generator(33), twin(33);
  Dropout dropout(0.6f, generator);
  CHECK_THAT(dropout.forward(scattered({3, 4}, x), true),
             IsTensor({3, 4}, expected(x, 0.6f, twin), 1e-6f));
}

TEST_CASE("Dropout draws for every element and not for every row",
          "[03.4][hidden]") {
  const std::vector<float> x(2 * 3 * 4, 1.0f);
  Generator generator(34), twin(34);
  Dropout dropout(0.5f, generator);
  const Tensor y = dropout.forward(make({2, 3, 4}, x), true);
  CHECK_THAT(y, IsTensor({2, 3, 4}, expected(x, 0.5f, twin)));
  INFO("one draw per element");
  CHECK(generator.state() == twin.state());
}

TEST_CASE("Dropout continues the stream from call to call", "[03.4][hidden]") {
  const std::vector<float> x(16, 1.0f);
  Generator generator(35), twin(35);
  Dropout dropout(0.5f, generator);
  const Tensor first = dropout.forward(make({16}, x), true);
  const Tensor second = dropout.forward(make({16}, x), true);
  CHECK_THAT(first, IsTensor({16}, expected(x, 0.5f, twin)));
  CHECK_THAT(second, IsTensor({16}, expected(x, 0.5f, twin)));
  CHECK(values(first) != values(second));
}

TEST_CASE("Dropout with p of 0 returns its input and draws nothing",
          "[03.4][hidden]") {
  Generator generator(36);
  Dropout dropout(0.0f, generator);
  const Tensor x = make({2, 2}, {1, 2, 3, 4});
  const Tensor y = dropout.forward(x, true);
  CHECK_THAT(y, IsTensor({2, 2}, {1, 2, 3, 4}));
  CHECK(y.storage() == x.storage());
  CHECK(generator.state() == Generator(36).state());
}

TEST_CASE("Dropout with p of 1 gives zeros in every shape", "[03.4][hidden]") {
  Generator generator(37);
  Dropout dropout(1.0f, generator);
  CHECK_THAT(dropout.forward(make({}, {5}), true), IsTensor({}, {0}));
  CHECK_THAT(dropout.forward(scattered({2, 1, 2}, {1, -2, 3, 4}), true),
             IsTensor({2, 1, 2}, {0, 0, 0, 0}));
  CHECK_THAT(dropout.forward(make({0, 3}, {}), true), IsTensor({0, 3}, {}));
}

TEST_CASE("Dropout in evaluation with p of 1 still returns its input",
          "[03.4][hidden]") {
  Generator generator(38);
  Dropout dropout(1.0f, generator);
  CHECK_THAT(dropout.forward(make({2}, {1, 2}), false), IsTensor({2}, {1, 2}));
}

TEST_CASE("Dropout in evaluation returns a view unchanged", "[03.4][hidden]") {
  Generator generator(39);
  Dropout dropout(0.5f, generator);
  const Tensor x = scattered({2, 3}, {1, 2, 3, 4, 5, 6});
  dropout.eval();
  const Tensor y = dropout(x);
  CHECK(y.data() == x.data());
  CHECK(y.strides() == x.strides());
  CHECK_THAT(y, IsTensor({2, 3}, {1, 2, 3, 4, 5, 6}));
  CHECK(generator.state() == Generator(39).state());
}

TEST_CASE("The training argument of Dropout overrides the mode of the layer",
          "[03.4][hidden]") {
  Generator generator(0);
  Dropout dropout(0.5f, generator);
  const Tensor x = make({4}, {1, 2, 3, 4});
  CHECK_THAT(dropout.forward(x, false), IsTensor({4}, {1, 2, 3, 4}));
  dropout.eval();
  // The first draws of Generator(0): 0.60, 0.75, 0.10, 0.42.
  CHECK_THAT(dropout.forward(x, true), IsTensor({4}, {2, 4, 0, 0}));
  dropout.train();
  // The next ones: 0.73, 1.00, 0.42, 0.54.
  CHECK_THAT(dropout(x), IsTensor({4}, {2, 4, 0, 8}));
}

TEST_CASE("Dropout uses the default generator when it is given none",
          "[03.4][hidden]") {
  const std::vector<float> x(32, 1.0f);
  tinytorch::manual_seed(41);
  Dropout dropout;
  Generator twin(41);
  CHECK_THAT(dropout.forward(make({32}, x), true),
             IsTensor({32}, expected(x, 0.5f, twin)));
}

TEST_CASE("Dropout accepts scalars and empty tensors", "[03.4][hidden]") {
  // The first draw of Generator(0) is 0.60: kept.
  Generator generator(0);
  Dropout dropout(0.5f, generator);
  CHECK_THAT(dropout.forward(make({}, {3}), true), IsTensor({}, {6}));
  const Generator::State before = generator.state();
  CHECK_THAT(dropout.forward(make({2, 0}, {}), true), IsTensor({2, 0}, {}));
  CHECK(generator.state() == before);
}

TEST_CASE("Dropout in training allocates its result and leaves its input",
          "[03.4][hidden]") {
  Generator generator(42);
  Dropout dropout(0.5f, generator);
  const Tensor x = make({8}, {1, 2, 3, 4, 5, 6, 7, 8});
  const Tensor y = dropout.forward(x, true);
  CHECK(y.storage() != x.storage());
  CHECK_THAT(x, IsTensor({8}, {1, 2, 3, 4, 5, 6, 7, 8}));
}
