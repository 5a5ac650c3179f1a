// 06.3 Adam: what a plausible mistake would get wrong. Where no other source is
// given, values are torch.optim.Adam's, PyTorch 1.13.
#include <cmath>

#include "support/parameters.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::make;
using test::parameter;

namespace {

const std::vector<float> kStart = {1, -2, 0.5f};
const std::vector<std::vector<float>> kGradients = {
    {0.4f, -0.3f, 2}, {0.1f, 0.6f, -1}, {-0.7f, 0.2f, 0.3f}};

/// Takes one step for each gradient and compares after each.
void check_steps(Optimizer& optimizer, const Tensor& p,
                 const std::vector<std::vector<float>>& expected) {
  for (std::size_t t = 0; t < kGradients.size(); ++t) {
    CAPTURE(t);
    test::step(optimizer, p, kGradients[t]);
    CHECK_THAT(p, IsTensor({3}, expected[t], 1e-5f));
  }
}

}  // namespace

TEST_CASE("three steps of Adam agree with PyTorch", "[06.3][hidden]") {
  const Tensor p = parameter({3}, kStart);
  Adam optimizer({p}, {.lr = 0.1f});
  check_steps(optimizer, p,
              {{0.899999976f, -1.89999998f, 0.400000006f},
               {0.816940188f, -1.93661034f, 0.373366296f},
               {0.839434683f, -1.98199117f, 0.344459534f}});
}

TEST_CASE("three steps of Adam with weight decay agree with PyTorch",
          "[06.3][hidden]") {
  const Tensor p = parameter({3}, kStart);
  Adam optimizer({p}, {.lr = 0.1f, .weight_decay = 0.5f});
  check_steps(optimizer, p,
              {{0.899999976f, -1.89999998f, 0.400000006f},
               {0.804015756f, -1.81594563f, 0.361810058f},
               {0.750001192f, -1.72869492f, 0.320248216f}});
}

TEST_CASE("three steps of Adam with other betas agree with PyTorch",
          "[06.3][hidden]") {
  const Tensor p = parameter({3}, kStart);
  Adam optimizer({p}, {.lr = 0.1f, .beta1 = 0.8f, .beta2 = 0.9f, .eps = 0.01f});
  check_steps(optimizer, p,
              {{0.902438998f, -1.90322578f, 0.400497496f},
               {0.823261738f, -1.94389498f, 0.379211485f},
               {0.853606522f, -1.99249542f, 0.353827655f}});
}

TEST_CASE("Adam counts steps and not parameters", "[06.3][hidden]") {
  // As in "Adam averages gradients and their squares", for three parameters.
  const std::vector<Tensor> p = {parameter({1}, {1}), parameter({1}, {1}),
                                 parameter({1}, {1})};
  Adam optimizer(p, {.lr = 0.3f, .beta1 = 0.5f, .beta2 = 0.75f});
  for (const float gradient : {1.0f, -1.0f}) {
    for (const Tensor& each : p) each.set_grad(make({1}, {gradient}));
    optimizer.step();
  }
  for (const Tensor& each : p) CHECK_THAT(each, IsTensor({1}, {0.8f}, 1e-5f));
}

TEST_CASE("a step of Adam counts for parameters without a gradient too",
          "[06.3][hidden]") {
  // By hand, t = 2: m = 0.5 g / 0.75, v = 0.25 g^2 / 0.4375, so the step is
  // lr * (2/3) / sqrt(4/7) = 0.88191710 lr.
  const Tensor early = parameter({1}, {0});
  const Tensor late = parameter({1}, {0});
  Adam optimizer({early, late}, {.lr = 1.0f, .beta1 = 0.5f, .beta2 = 0.75f});
  test::step(optimizer, early, {1});
  test::forget_gradient(early);
  test::step(optimizer, late, {5});
  CHECK_THAT(early, IsTensor({1}, {-1}, 1e-5f));
  CHECK_THAT(late, IsTensor({1}, {-0.8819171f}, 1e-5f));
}

TEST_CASE("every parameter of Adam has moments of its own", "[06.3][hidden]") {
  const Tensor a = parameter({3}, kStart);
  const Tensor b = parameter({3}, {0, 0, 0});
  Adam optimizer({a, b}, {.lr = 0.1f});
  for (const std::vector<float>& gradient : kGradients) {
    b.set_grad(make({3}, {50, -50, 50}));
    test::step(optimizer, a, gradient);
  }
  CHECK_THAT(a,
             IsTensor({3}, {0.839434683f, -1.98199117f, 0.344459534f}, 1e-5f));
  CHECK_THAT(b, IsTensor({3}, {-0.3f, 0.3f, -0.3f}, 1e-5f));
}

TEST_CASE("Adam corrects its bias after a thousand steps too",
          "[06.3][hidden]") {
  // With a constant gradient a step is as long as the learning rate, whatever
  // t is. Rounding of p alone leaves about 1e-5 of 0.25 * 1000.
  const Tensor p = parameter({1}, {0});
  Adam optimizer({p}, {.lr = 0.25f});
  p.set_grad(make({1}, {-3}));
  for (int t = 0; t < 1000; ++t) optimizer.step();
  CHECK_THAT(p, IsTensor({1}, {250}, 1e-4f));
}

TEST_CASE("a gradient as small as eps makes half a step of Adam",
          "[06.3][hidden]") {
  // g / (|g| + eps) with g = eps = 1e-8. Inside the root eps would stop it.
  const Tensor p = parameter({2}, {0, 0});
  Adam optimizer({p}, {.lr = 1.0f});
  test::step(optimizer, p, {1e-8f, -1e-8f});
  CHECK_THAT(p, IsTensor({2}, {-0.5f, 0.5f}, 1e-4f));
}

TEST_CASE("Adam without memory takes steps of one length", "[06.3][hidden]") {
  // beta1 = beta2 = 0: m = g and v = g^2 need no correction.
  const Tensor p = parameter({2}, {0, 0});
  Adam optimizer({p}, {.lr = 1.0f, .beta1 = 0.0f, .beta2 = 0.0f});
  test::step(optimizer, p, {5, -0.1f});
  test::step(optimizer, p, {0.1f, -9});
  CHECK_THAT(p, IsTensor({2}, {-2, 2}, 1e-5f));
}

TEST_CASE("Adam reads a scattered gradient by index", "[06.3][hidden]") {
  // p = 0 - g / (|g| + 1), by hand.
  const Tensor p = parameter({2, 2}, {0, 0, 0, 0});
  Adam optimizer({p}, {.lr = 1.0f, .eps = 1.0f});
  p.set_grad(test::scattered({2, 2}, {1, 3, -1, -3}));
  optimizer.step();
  CHECK_THAT(p, IsTensor({2, 2}, {-0.5f, -0.75f, 0.5f, 0.75f}, 1e-5f));
}

TEST_CASE("Adam changes memory in place and counts it as a change",
          "[06.3][hidden]") {
  const Tensor p = parameter({2}, {1, 1});
  const Tensor frozen = parameter({2}, {1, 1});
  const Tensor view = Tensor::view(p.storage(), {2}, {1}, 0);
  const std::uint64_t before = p.storage()->version();
  const std::uint64_t frozen_before = frozen.storage()->version();
  Adam optimizer({frozen, p}, {.lr = 0.5f});
  test::step(optimizer, p, {3, -3});
  CHECK_THAT(view, IsTensor({2}, {0.5f, 1.5f}, 1e-5f));
  CHECK(view.storage() == p.storage());
  CHECK(p.storage()->version() > before);
  CHECK(frozen.storage()->version() == frozen_before);
}

TEST_CASE("Adam leaves the gradient as it was", "[06.3][hidden]") {
  const Tensor p = parameter({2}, {1, 2});
  Adam optimizer({p}, {.lr = 0.5f, .weight_decay = 0.5f});
  test::step(optimizer, p, {3, 4});
  REQUIRE(p.has_grad());
  CHECK_THAT(p.grad(), IsTensor({2}, {3, 4}));
}

TEST_CASE("Adam moves scalars and large and empty parameters",
          "[06.3][hidden]") {
  const Tensor empty = parameter({2, 0}, {});
  const Tensor scalar = parameter({}, {1});
  const std::vector<float> ones(5 * 7 * 9, 1.0f);
  const Tensor large = parameter({5, 7, 9}, ones);
  Adam optimizer({empty, scalar, large}, {.lr = 0.5f});
  empty.set_grad(make({2, 0}, {}));
  scalar.set_grad(make({}, {-2}));
  test::step(optimizer, large, ones);
  CHECK_THAT(empty, IsTensor({2, 0}, {}));
  CHECK_THAT(scalar, IsTensor({}, {1.5f}, 1e-5f));
  CHECK_THAT(large,
             IsTensor({5, 7, 9}, std::vector<float>(ones.size(), 0.5f), 1e-5f));
}

TEST_CASE("a new learning rate holds from the next step of Adam",
          "[06.3][hidden]") {
  const Tensor p = parameter({1}, {0});
  Adam optimizer({p}, {.lr = 1.0f});
  test::step(optimizer, p, {3});
  optimizer.set_lr(0.0f);
  test::step(optimizer, p, {3});
  CHECK_THAT(p, IsTensor({1}, {-1}, 1e-5f));
  optimizer.set_lr(0.5f);
  test::step(optimizer, p, {3});
  CHECK_THAT(p, IsTensor({1}, {-1.5f}, 1e-5f));
}

TEST_CASE("a parameter of Adam whose gradient is gone stays and remembers",
          "[06.3][hidden]") {
  // By hand, beta1 = 0.5, beta2 = 0.75: m = 0.5, v = 0.25 wait for t = 3, then
  // m = 0.75 / 0.875, v = 0.4375 / 0.578125: 0.85714286 / 0.86991767.
  const Tensor p = parameter({1}, {0});
  Adam optimizer({p}, {.lr = 1.0f, .beta1 = 0.5f, .beta2 = 0.75f});
  test::step(optimizer, p, {1});
  test::forget_gradient(p);
  optimizer.step();
  CHECK_THAT(p, IsTensor({1}, {-1}, 1e-5f));
  test::step(optimizer, p, {1});
  CHECK_THAT(p, IsTensor({1}, {-1.9853149f}, 1e-5f));
}
