// 07.1 Cosine schedule, 07.2 Gradient clipping.
#include <limits>

#include "support/tensors.hpp"
#include "tinytorch/training.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::kInf;
using test::kNaN;
using test::make;

namespace {

Tensor with_gradient(const Tensor& gradient) {
  const std::vector<float> sevens(test::values(gradient).size(), 7);
  Tensor parameter = make(gradient.shape(), sevens);
  parameter.set_grad(gradient);
  return parameter;
}

}  // namespace

TEST_CASE("the curve agrees with PyTorch", "[07.1][hidden]") {
  // torch.optim.lr_scheduler.CosineAnnealingLR(T_max=7, eta_min=0.002) of
  // PyTorch 1.13, lr=0.5, which falls along the same curve.
  const CosineSchedule schedule(0.5f, 0.002f, 7);
  const double expected[] = {0.5,        0.47534125, 0.40624896, 0.30640771,
                             0.19559229, 0.09575104, 0.02665875, 0.002};
  for (int epoch = 0; epoch <= 7; ++epoch) {
    CAPTURE(epoch);
    CHECK(schedule.get_lr(epoch) == Approx(expected[epoch]).epsilon(1e-5));
  }
}

TEST_CASE("a schedule of one epoch has its maximum there", "[07.1][hidden]") {
  const CosineSchedule schedule(0.5f, 0.25f, 1);
  CHECK(schedule.get_lr(0) == 0.5f);
  CHECK(schedule.get_lr(1) == 0.25f);
  CHECK(schedule.get_lr(2) == 0.25f);
}

TEST_CASE("a schedule between equal rates is constant", "[07.1][hidden]") {
  const CosineSchedule schedule(0.1f, 0.1f, 10);
  for (int epoch = 0; epoch < 15; ++epoch) {
    CHECK(schedule.get_lr(epoch) == 0.1f);
  }
}

TEST_CASE("a schedule never rises", "[07.1][hidden]") {
  const CosineSchedule schedule(1.0f, 0.0f, 1000);
  for (int epoch = 0; epoch < 3000; ++epoch) {
    REQUIRE(schedule.get_lr(epoch + 1) <= schedule.get_lr(epoch));
  }
  CHECK(schedule.get_lr(std::numeric_limits<std::int64_t>::max()) == 0.0f);
}

TEST_CASE("a negative epoch of any size is refused", "[07.1][hidden]") {
  const CosineSchedule schedule(1.0f, 0.5f, 10);
  CHECK_THROWS_AS(schedule.get_lr(-10), ValueError);
  CHECK_THROWS_AS(schedule.get_lr(std::numeric_limits<std::int64_t>::min()),
                  ValueError);
}

TEST_CASE("squares of large gradients do not overflow", "[07.2][hidden]") {
  INFO("1e30 squared is infinite as a float, and fine as a double");
  const Tensor p = with_gradient(make({2}, {3e30f, 4e30f}));
  const float norm = clip_grad_norm({p}, 1.0f);
  CHECK(norm == Approx(5e30));
  CHECK_THAT(p.grad(), IsTensor({2}, {0.6f, 0.8f}, 1e-5f));
}

TEST_CASE("squares of small gradients do not vanish", "[07.2][hidden]") {
  const Tensor p = with_gradient(make({2}, {3e-30f, 4e-30f}));
  const float norm = clip_grad_norm({p}, 1.0f);
  CHECK(norm == Approx(5e-30));
  CHECK_THAT(p.grad(), IsTensor({2}, {3e-30f, 4e-30f}));
}

TEST_CASE("many small squares beside a large one count", "[07.2][hidden]") {
  INFO("2^24 + 1 is no float: added up in float, the ones would be lost");
  std::vector<float> gradient(100001, 1.0f);
  gradient[0] = 4096.0f;
  const Tensor p = with_gradient(make({100001}, gradient));
  // sqrt(2^24 + 100000)
  const float norm = clip_grad_norm({p}, 1e6f);
  CHECK(norm == Approx(4108.188895).epsilon(1e-7));
}

TEST_CASE("a gradient of zeros stays one", "[07.2][hidden]") {
  const Tensor p = with_gradient(make({2}, {0, 0}));
  const float norm = clip_grad_norm({p}, 1.0f);
  CHECK(norm == 0.0f);
  CHECK_THAT(p.grad(), IsTensor({2}, {0, 0}));
  CHECK(clip_grad_norm({}, 1.0f) == 0.0f);
}

TEST_CASE("the factor is the one of PyTorch", "[07.2][hidden]") {
  INFO("the norm is 5e-6 and the factor 1e-6 / (5e-6 + 1e-6) = 1 / 6");
  const Tensor p = with_gradient(make({2}, {3e-6f, 4e-6f}));
  clip_grad_norm({p}, 1e-6f);
  CHECK_THAT(p.grad(), IsTensor({2}, {5e-7f, 6.6666667e-7f}, 1e-4f));
}

TEST_CASE("gradients are clipped in place", "[07.2][hidden]") {
  const Tensor gradient = make({2}, {30, 40});
  const Tensor p = with_gradient(gradient);
  clip_grad_norm({p}, 5.0f);
  INFO("who holds the gradient already sees it shortened");
  CHECK_THAT(gradient, IsTensor({2}, {3, 4}, 1e-5f));
  CHECK(test::shares_memory(p.grad(), gradient));
}

TEST_CASE("gradients of all ranks and places are clipped", "[07.2][hidden]") {
  // The squares of 0 to 5 are 55 together, and 55 + 9 + 36 = 100.
  const Tensor a =
      with_gradient(test::scattered({2, 3}, test::counting({2, 3})));
  const Tensor b = with_gradient(make({}, {3})), c = make({4}, {1, 1, 1, 1});
  const Tensor d = with_gradient(make({1, 1, 1}, {-6}));
  const float norm = clip_grad_norm({a, b, c, d}, 5.0f);
  CHECK(norm == Approx(10));
  CHECK_THAT(a.grad(), IsTensor({2, 3}, {0, 0.5f, 1, 1.5f, 2, 2.5f}, 1e-5f));
  CHECK_THAT(b.grad(), IsTensor({}, {1.5f}, 1e-5f));
  CHECK_THAT(d.grad(), IsTensor({1, 1, 1}, {-3}, 1e-5f));
  CHECK_FALSE(c.has_grad());
  INFO("the parameters themselves stay");
  CHECK_THAT(b, IsTensor({}, {7}));
}

TEST_CASE("a norm that is not a number is reported", "[07.2][hidden]") {
  const Tensor good = with_gradient(make({1}, {1}));
  const Tensor bad = with_gradient(make({2}, {kNaN, 1}));
  const float norm = clip_grad_norm({good, bad}, 1.0f);
  CHECK(std::isnan(norm));
  CHECK(std::isnan(test::values(bad.grad())[0]));
  const Tensor endless = with_gradient(make({1}, {-kInf}));
  CHECK(clip_grad_norm({endless, good}, 1.0f) != 1.0f);
}

TEST_CASE("an infinite maximum clips nothing", "[07.2][hidden]") {
  const Tensor p = with_gradient(make({2}, {3e30f, 4e30f}));
  const float norm = clip_grad_norm({p}, kInf);
  CHECK(norm == Approx(5e30));
  CHECK_THAT(p.grad(), IsTensor({2}, {3e30f, 4e30f}));
}
