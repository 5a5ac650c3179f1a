// Every number and every message in the lesson of module 06.
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "framework/lesson.hpp"
#include "support/parameters.hpp"
#include "support/tensors.hpp"
#include "tinytorch/autograd.hpp"
#include "tinytorch/optimizers.hpp"

using lesson::message;
using namespace tinytorch;
using test::IsTensor;
using test::kInf;
using test::make;
using test::parameter;

namespace {

/// Takes steps in the valley (x^2 + 50 y^2) / 2.
void descend(Optimizer& optimizer, const Tensor& p, int steps) {
  for (int t = 0; t < steps; ++t) {
    test::step(optimizer, p, {p.at({0}), 50 * p.at({1})});
  }
}

/// How far from the bottom the worse coordinate is.
float distance(const Tensor& p) {
  return std::max(std::fabs(p.at({0})), std::fabs(p.at({1})));
}

/// Where a parameter that starts at 1 is after one step.
template <class O, class Options>
float after_one_step(float gradient, const Options& options) {
  const Tensor p = parameter({}, {1});
  O optimizer({p}, options);
  test::step(optimizer, p, {gradient});
  return p.item();
}

double correction(double beta, int t) { return 1 / (1 - std::pow(beta, t)); }

/// What an optimizer's buffers take per parameter.
template <class O, class Options>
std::int64_t buffer_bytes(const Options& options) {
  constexpr std::int64_t kCount = 1000;
  const Tensor p = parameter({kCount}, std::vector<float>(kCount, 1.0f));
  p.set_grad(Tensor::ones({kCount}));
  O optimizer({p}, options);
  const std::int64_t before = memory_stats().live_bytes;
  optimizer.step();
  const std::int64_t bytes = memory_stats().live_bytes - before;
  INFO("a second step allocates nothing");
  reset_memory_stats();
  optimizer.step();
  CHECK(memory_stats().allocations == 0);
  return bytes / kCount;
}

}  // namespace

TEST_CASE("lesson 06: four steps in the valley") {
  const Tensor p = parameter({2}, {1, 1});
  SGD optimizer({p}, {.lr = 0.03f});
  CHECK(1 - 0.03 == Approx(0.97));
  CHECK(1 - 50 * 0.03 == Approx(-0.5));
  descend(optimizer, p, 1);
  CHECK_THAT(p, IsTensor({2}, {0.97f, -0.5f}, 1e-5f));
  descend(optimizer, p, 1);
  CHECK_THAT(p, IsTensor({2}, {0.9409f, 0.25f}, 1e-5f));
  descend(optimizer, p, 1);
  CHECK_THAT(p, IsTensor({2}, {0.9127f, -0.125f}, 5e-5f));
  descend(optimizer, p, 97);
  CHECK_THAT(p, IsTensor({2}, {0.0476f, 0}, 0, 6e-5f));
}

TEST_CASE("lesson 06: a learning rate that is too large") {
  CHECK(1 - 50 * 0.04 == Approx(-1));
  CHECK(1 - 50 * 0.041 == Approx(-1.05));
  const Tensor p = parameter({2}, {1, 1});
  SGD optimizer({p}, {.lr = 0.041f});
  descend(optimizer, p, 100);
  CHECK(p.at({1}) == Approx(132).margin(0.5));
}

TEST_CASE("lesson 06: how the velocity grows") {
  const Tensor p = parameter({1}, {0});
  SGD optimizer({p}, {.momentum = 0.9f});
  p.set_grad(make({1}, {1}));
  const auto velocity = [&] {
    return optimizer.state().buffers.at("velocity")[0].item();
  };
  for (const float expected : {1.0f, 1.9f, 2.71f}) {
    optimizer.step();
    CHECK(velocity() == Approx(expected));
  }
  for (int t = 0; t < 300; ++t) optimizer.step();
  CHECK(velocity() == Approx(10));
}

TEST_CASE("lesson 06: bias corrections") {
  CHECK(correction(0.9, 1) == Approx(10));
  CHECK(correction(0.9, 10) == Approx(1.54).margin(0.005));
  CHECK(correction(0.9, 100) == Approx(1.00).margin(0.005));
  CHECK(correction(0.9, 1000) == Approx(1.00).margin(0.005));
  CHECK(correction(0.999, 1) == Approx(1000));
  CHECK(correction(0.999, 10) == Approx(100.5).margin(0.05));
  CHECK(correction(0.999, 100) == Approx(10.5).margin(0.05));
  CHECK(correction(0.999, 1000) == Approx(1.58).margin(0.005));
}

TEST_CASE("lesson 06: the first step of Adam by hand") {
  const Tensor p = parameter({}, {0});
  Adam optimizer({p}, {.lr = 0.5f});
  test::step(optimizer, p, {4});
  const auto buffers = optimizer.state().buffers;
  CHECK(buffers.at("first_moment")[0].item() == Approx(0.4));
  CHECK(buffers.at("second_moment")[0].item() == Approx(0.016).epsilon(1e-4));
  CHECK(0.4 * correction(0.9, 1) == Approx(4));
  CHECK(0.016 * correction(0.999, 1) == Approx(16));
  CHECK(p.item() == Approx(-0.5));
  // Without both corrections, without m's and without v's.
  CHECK(0.4 / std::sqrt(0.016) == Approx(3.16).margin(0.005));
  CHECK(0.4 / std::sqrt(16) == Approx(0.1));
  CHECK(4 / std::sqrt(0.016) == Approx(31.6).margin(0.05));
  CHECK(std::sqrt(1000) == Approx(32).margin(0.5));
}

TEST_CASE("lesson 06: three optimizers in the valley") {
  const Tensor start = make({2}, {1, 1});
  const std::vector<Tensor> p = {parameter({2}, {1, 1}), parameter({2}, {1, 1}),
                                 parameter({2}, {1, 1})};
  SGD plain({p[0]}, {.lr = 0.03f});
  SGD momentum({p[1]}, {.lr = 0.03f, .momentum = 0.7f});
  Adam adam({p[2]}, {.lr = 0.1f});
  const auto descend_all = [&](int steps) {
    descend(plain, p[0], steps);
    descend(momentum, p[1], steps);
    descend(adam, p[2], steps);
    INFO("Adam does not see that one direction is 50 times as steep");
    CHECK(p[2].at({0}) == Approx(p[2].at({1})).epsilon(1e-3));
  };
  descend_all(20);
  CHECK(distance(p[0]) == Approx(0.544).margin(5e-4));
  CHECK(distance(p[1]) == Approx(0.078).margin(5e-4));
  CHECK(distance(p[2]) == Approx(0.271).margin(5e-4));
  descend_all(30);
  CHECK(distance(p[0]) == Approx(0.218).margin(5e-4));
  CHECK(distance(p[1]) == Approx(0.00014).margin(5e-6));
  CHECK(distance(p[2]) == Approx(0.0048).margin(5e-5));
  descend_all(50);
  CHECK(distance(p[0]) == Approx(0.0476).margin(6e-5));
  CHECK(distance(p[1]) == Approx(2e-8).margin(5e-9));
  CHECK(distance(p[2]) == Approx(0.0029).margin(5e-5));
}

TEST_CASE("lesson 06: weight decay in Adam and in AdamW") {
  const AdamOptions without = {.lr = 0.1f, .weight_decay = 0.0f};
  const AdamOptions with = {.lr = 0.1f, .weight_decay = 0.01f};
  for (const float gradient : {0.001f, 10.0f}) {
    CHECK(after_one_step<Adam>(gradient, without) == Approx(0.9));
    CHECK(after_one_step<Adam>(gradient, with) == Approx(0.9));
    CHECK(after_one_step<AdamW>(gradient, with) == Approx(0.899));
  }
  CHECK(0.001 + 0.01 * 1 == Approx(0.011));
  CHECK(1 - 0.1 * 0.01 == Approx(0.999));
}

TEST_CASE("lesson 06: the defaults") {
  CHECK(SGDOptions{}.lr == 0.01f);
  CHECK(SGDOptions{}.momentum == 0.0f);
  CHECK(SGDOptions{}.weight_decay == 0.0f);
  CHECK(AdamOptions{}.lr == 0.001f);
  CHECK(AdamOptions{}.beta1 == 0.9f);
  CHECK(AdamOptions{}.beta2 == 0.999f);
  CHECK(AdamOptions{}.eps == 1e-8f);
  CHECK(after_one_step<Adam>(0, AdamOptions{.lr = 1}) == 1.0f);
  CHECK(after_one_step<AdamW>(0, AdamOptions{.lr = 1}) == Approx(0.99));
}

TEST_CASE("lesson 06: what buffers cost") {
  CHECK(buffer_bytes<SGD>(SGDOptions{}) == 0);
  CHECK(buffer_bytes<SGD>(SGDOptions{.momentum = 0.9f}) == 4);
  CHECK(buffer_bytes<Adam>(AdamOptions{}) == 8);
  CHECK(buffer_bytes<AdamW>(AdamOptions{}) == 8);
  CHECK(175e9 * 8 == Approx(1.4e12));
  CHECK(10e9 * 4 == Approx(40e9));
  CHECK(10e9 * 16 == Approx(160e9));
  CHECK(10e9 * 12 == Approx(120e9));
}

TEST_CASE("lesson 06: the messages are the real ones") {
  const Recorder before = set_recorder(nullptr);
  const Tensor p = parameter({2}, {1, 2});
  SGD sgd({p}, {.momentum = 0.9f});
  Adam adam({p});
  enable_autograd();
  const Tensor loss = (p * p).sum();
  set_recorder(before);
  test::step(adam, p, {1, 1});
  const std::vector<std::string> messages = {
      message([] { SGD({}); }),
      message([] {
        SGD({make({2}, {1, 2})});
      }),
      message([&] { loss.backward(); }),
      message([&] { sgd.set_state(adam.state()); }),
  };
  const std::string text = lesson::text("06_optimizers");
  for (const std::string& expected : messages) {
    CAPTURE(expected);
    CHECK(text.find("```\n" + expected + "\n```") != std::string::npos);
  }
}

TEST_CASE("lesson 06: answers 2 and 6") {
  CHECK(100000 * 1.2 == Approx(120000));
  CHECK(200000 / 120000.0 == Approx(1.67).margin(0.005));
  CHECK(1 / (1 - 0.9) == Approx(10));
}

TEST_CASE("lesson 06: answer 7 and the forgotten zero_grad") {
  const Tensor p = parameter({1}, {0});
  SGD optimizer({p}, {.lr = 1.0f});
  for (const float sum : {1.0f, 2.0f, 3.0f}) test::step(optimizer, p, {sum});
  CHECK(p.item() == -6.0f);
}
