// 07.1 Cosine schedule, 07.2 Gradient clipping.
#include "support/tensors.hpp"
#include "tinytorch/training.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::make;
using test::Mentions;

namespace {

/// A parameter with a gradient. Its own values must never change.
Tensor with_gradient(const std::vector<float>& gradient) {
  const Shape shape{static_cast<std::int64_t>(gradient.size())};
  Tensor parameter = make(shape, std::vector<float>(gradient.size(), 7));
  parameter.set_grad(make(shape, gradient));
  return parameter;
}

}  // namespace

TEST_CASE("the schedule begins at the maximum and ends at the minimum",
          "[07.1]") {
  const CosineSchedule schedule(0.1f, 0.01f, 100);
  CHECK(schedule.get_lr(0) == 0.1f);
  CHECK(schedule.get_lr(100) == 0.01f);
}

TEST_CASE("half way the learning rate is in the middle", "[07.1]") {
  INFO("cos(pi / 2) is 0, so half of the way down is left: (0.1 + 0.01) / 2");
  CHECK(CosineSchedule(0.1f, 0.01f, 100).get_lr(50) == Approx(0.055));
}

TEST_CASE("the learning rate falls slowly at first and at the end", "[07.1]") {
  INFO("cos(pi / 4) is 0.707107: 0.01 + 0.09 * 1.707107 / 2 after a quarter,");
  INFO("and 0.01 + 0.09 * 0.292893 / 2 after three");
  const CosineSchedule schedule(0.1f, 0.01f, 100);
  CHECK(schedule.get_lr(25) == Approx(0.0868198));
  CHECK(schedule.get_lr(75) == Approx(0.0231802));
}

TEST_CASE("after the last epoch the learning rate stays at the minimum",
          "[07.1]") {
  const CosineSchedule schedule(0.1f, 0.01f, 100);
  CHECK(schedule.get_lr(101) == 0.01f);
  CHECK(schedule.get_lr(150) == 0.01f);
  CHECK(schedule.get_lr(200) == 0.01f);
}

TEST_CASE("epochs are counted from 0", "[07.1]") {
  CHECK_THROWS_MATCHES(CosineSchedule().get_lr(-1), ValueError,
                       Mentions({"get_lr", "-1"}));
}

TEST_CASE("a gradient that is too long is shortened", "[07.2]") {
  const Tensor parameter = with_gradient({3, 4});
  INFO("the norm of (3, 4) is 5, and it is returned");
  const float norm = clip_grad_norm({parameter}, 1.0f);
  CHECK(norm == Approx(5));
  INFO("a fifth of it has the norm 1 and the same direction");
  CHECK_THAT(parameter.grad(), IsTensor({2}, {0.6f, 0.8f}, 1e-5f));
  CHECK_THAT(parameter, IsTensor({2}, {7, 7}));
}

TEST_CASE("all gradients together have one norm", "[07.2]") {
  const Tensor a = with_gradient({3}), b = with_gradient({4});
  INFO("clipped each for itself, both would be 1 and the direction be lost");
  const float norm = clip_grad_norm({a, b}, 1.0f);
  CHECK(norm == Approx(5));
  CHECK_THAT(a.grad(), IsTensor({1}, {0.6f}, 1e-5f));
  CHECK_THAT(b.grad(), IsTensor({1}, {0.8f}, 1e-5f));
}

TEST_CASE("a gradient that is short enough stays as it is", "[07.2]") {
  const Tensor parameter = with_gradient({0.3f, 0.4f});
  INFO("0.5 is below 1; nothing is stretched to the maximum");
  const float norm = clip_grad_norm({parameter}, 1.0f);
  CHECK(norm == Approx(0.5));
  CHECK_THAT(parameter.grad(), IsTensor({2}, {0.3f, 0.4f}));
}

TEST_CASE("parameters without a gradient are passed over", "[07.2]") {
  const Tensor frozen = make({2}, {1, 1});
  const Tensor learned = with_gradient({6, 8});
  const float norm = clip_grad_norm({frozen, learned}, 5.0f);
  CHECK(norm == Approx(10));
  CHECK_THAT(learned.grad(), IsTensor({2}, {3, 4}, 1e-5f));
  CHECK_FALSE(frozen.has_grad());
}

TEST_CASE("a maximum of nothing is refused", "[07.2]") {
  const Tensor parameter = with_gradient({3, 4});
  for (const float max_norm : {0.0f, -1.0f, test::kNaN}) {
    CHECK_THROWS_MATCHES(clip_grad_norm({parameter}, max_norm), ValueError,
                         Mentions({"clip_grad_norm", "max_norm"}));
  }
  CHECK_THAT(parameter.grad(), IsTensor({2}, {3, 4}));
}
