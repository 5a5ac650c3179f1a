// Graphs that are deep or wide, and training that goes on for long.
#include <cmath>

#include "support/gradients.hpp"
#include "support/tensors.hpp"
#include "tinytorch/activations.hpp"
#include "tinytorch/layers.hpp"
#include "tinytorch/losses.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::leaf;
using test::make;

namespace {

/// Gradient descent, by hand: optimizers come later.
void step(const std::vector<Tensor>& parameters, float rate) {
  const NoGradGuard no_grad;
  for (Tensor parameter : parameters) {
    const Tensor gradient = parameter.grad();
    float* values = parameter.mutable_data();
    for (std::int64_t i = 0; i < parameter.size(); ++i) {
      values[i] -= rate * gradient.data()[i];
    }
    parameter.zero_grad();
  }
}

}  // namespace

TEST_CASE("fifty stacked diamonds of framework operations") {
  const test::Engine engine;
  const Tensor x = leaf({}, {1});
  Tensor y = x;
  for (int i = 0; i < 50; ++i) y = y * 0.5f + y * 0.5f;
  y.backward();
  CHECK_THAT(x.grad(), IsTensor({}, {1}));
}

TEST_CASE("a chain of a million operations forward and backward and gone") {
  const test::Engine engine;
  const Tensor x = leaf({}, {2});
  {
    Tensor y = x;
    for (int i = 0; i < 1000000; ++i) y = -y;
    y.backward(true);
    CHECK_THAT(x.grad(), IsTensor({}, {1}));
    INFO("The graph was kept, so that it is destroyed as a whole.");
  }
  Tensor z = x;
  for (int i = 0; i < 1000000; ++i) z = -z;
  z.backward();
  CHECK_THAT(x.grad(), IsTensor({}, {2}));
}

TEST_CASE("a tensor that is used a hundred thousand times") {
  const test::Engine engine;
  const Tensor x = leaf({}, {2});
  Tensor y = x;
  for (int i = 0; i < 100000; ++i) y = y + x;
  y.backward();
  CHECK_THAT(x.grad(), IsTensor({}, {100001}));
}

TEST_CASE("ten thousand steps of training leave no memory behind") {
  const test::Engine engine;
  Generator generator(5);
  Sequential model(Linear(2, 8, true, generator), Tanh(),
                   Linear(8, 2, true, generator));
  const Tensor x = make({4, 2}, {0, 0, 0, 1, 1, 0, 1, 1});
  const Tensor labels = make({4}, {0, 1, 1, 0});
  float loss_value = 0.0f;
  const auto train = [&](int steps) {
    for (int i = 0; i < steps; ++i) {
      const Tensor loss = cross_entropy_loss(model(x), labels);
      loss.backward();
      step(model.parameters(), 0.5f);
      loss_value = loss.item();
    }
  };
  train(10);
  const std::int64_t before = memory_stats().live_bytes;
  reset_memory_stats();
  train(100);
  const std::int64_t peak = memory_stats().peak_bytes;
  train(9900);
  CHECK(memory_stats().live_bytes == before);
  CHECK(memory_stats().peak_bytes == peak);
  INFO("It has learned exclusive or meanwhile.");
  CHECK(loss_value < 0.01f);
}

TEST_CASE("predictions leave no graph behind") {
  const test::Engine engine;
  Generator generator(5);
  Linear layer(3, 3, true, generator);
  const Tensor x = make({1, 3}, {1, 2, 3});
  const std::int64_t before = memory_stats().live_bytes;
  {
    const NoGradGuard no_grad;
    Tensor y = x;
    for (int i = 0; i < 100; ++i) y = layer(y);
    CHECK(memory_stats().live_bytes ==
          before + std::int64_t{3 * sizeof(float)});
  }
  CHECK(memory_stats().live_bytes == before);
}
