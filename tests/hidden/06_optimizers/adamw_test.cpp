// 06.4 AdamW: what a plausible mistake would get wrong.
#include "support/parameters.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::make;
using test::parameter;

TEST_CASE("three steps of AdamW agree with PyTorch", "[06.4][hidden]") {
  // torch.optim.AdamW, PyTorch 1.13.
  const Tensor p = parameter({3}, {1, -2, 0.5f});
  AdamW optimizer({p}, {.lr = 0.1f, .weight_decay = 0.5f});
  test::step(optimizer, p, {0.4f, -0.3f, 2});
  CHECK_THAT(p, IsTensor({3}, {0.849999964f, -1.79999995f, 0.375f}, 1e-5f));
  test::step(optimizer, p, {0.1f, 0.6f, -1});
  CHECK_THAT(p,
             IsTensor({3}, {0.724440217f, -1.74661028f, 0.329616278f}, 1e-5f));
  test::step(optimizer, p, {-0.7f, 0.2f, 0.3f});
  CHECK_THAT(p,
             IsTensor({3}, {0.710712671f, -1.70466053f, 0.284228712f}, 1e-5f));
}

TEST_CASE("AdamW neither decays nor moves what has no gradient",
          "[06.4][hidden]") {
  const Tensor frozen = parameter({1}, {5});
  const Tensor p = parameter({1}, {4});
  const std::uint64_t before = frozen.storage()->version();
  AdamW optimizer({frozen, p}, {.lr = 0.5f, .weight_decay = 0.25f});
  test::step(optimizer, p, {2});
  CHECK_THAT(frozen, IsTensor({1}, {5}));
  CHECK(frozen.storage()->version() == before);
  CHECK_THAT(p, IsTensor({1}, {3}, 1e-5f));
}

TEST_CASE("AdamW decays every parameter once per step", "[06.4][hidden]") {
  const std::vector<Tensor> p = {parameter({}, {8}), parameter({0}, {}),
                                 parameter({2, 2}, {8, -8, 16, 0})};
  AdamW optimizer(p, {.lr = 0.5f, .weight_decay = 1.0f});
  p[0].set_grad(make({}, {0}));
  p[1].set_grad(make({0}, {}));
  p[2].set_grad(make({2, 2}, {0, 0, 0, 0}));
  optimizer.step();
  optimizer.step();
  CHECK_THAT(p[0], IsTensor({}, {2}));
  CHECK_THAT(p[2], IsTensor({2, 2}, {2, -2, 4, 0}));
}

TEST_CASE("weight decay of AdamW follows the learning rate", "[06.4][hidden]") {
  const Tensor p = parameter({1}, {8});
  AdamW optimizer({p}, {.lr = 0.5f, .weight_decay = 1.0f});
  test::step(optimizer, p, {0});
  CHECK_THAT(p, IsTensor({1}, {4}));
  optimizer.set_lr(0.0f);
  test::step(optimizer, p, {0});
  CHECK_THAT(p, IsTensor({1}, {4}));
  optimizer.set_lr(0.25f);
  test::step(optimizer, p, {0});
  CHECK_THAT(p, IsTensor({1}, {3}));
}

TEST_CASE("AdamW takes its own step when it is called as an Optimizer",
          "[06.4][hidden]") {
  const Tensor p = parameter({1}, {4});
  AdamW adamw({p}, {.lr = 0.5f, .weight_decay = 0.25f});
  Optimizer& optimizer = adamw;
  test::step(optimizer, p, {2});
  CHECK_THAT(p, IsTensor({1}, {3}, 1e-5f));
}

TEST_CASE("AdamW decays with its default of 0.01", "[06.4][hidden]") {
  // 100 - 1 * 0.01 * 100 = 99.
  const Tensor p = parameter({1}, {100});
  AdamW optimizer({p}, {.lr = 1.0f});
  test::step(optimizer, p, {0});
  CHECK_THAT(p, IsTensor({1}, {99}, 1e-6f));
}

TEST_CASE("AdamW reads a scattered gradient and writes in place",
          "[06.4][hidden]") {
  // keep = 0.75, then - g / (|g| + 1), by hand.
  const Tensor p = parameter({2, 2}, {4, 4, 4, 4});
  const Tensor handle = p;
  AdamW optimizer({p}, {.lr = 1.0f, .eps = 1.0f, .weight_decay = 0.25f});
  p.set_grad(test::scattered({2, 2}, {1, 3, -1, -3}));
  optimizer.step();
  CHECK_THAT(handle, IsTensor({2, 2}, {2.5f, 2.25f, 3.5f, 3.75f}, 1e-5f));
}
