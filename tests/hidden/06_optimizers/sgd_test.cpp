// 06.2 Gradient descent with momentum: what a plausible mistake would get
// wrong.
#include "support/parameters.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::make;
using test::parameter;

TEST_CASE("momentum and weight decay together agree with PyTorch",
          "[06.2][hidden]") {
  // torch.optim.SGD, PyTorch 1.13.
  const Tensor p = parameter({3}, {1, -2, 0.5f});
  SGD optimizer({p}, {.lr = 0.1f, .momentum = 0.9f, .weight_decay = 0.05f});
  test::step(optimizer, p, {0.4f, -0.3f, 2});
  CHECK_THAT(p,
             IsTensor({3}, {0.954999983f, -1.96000004f, 0.297499985f}, 1e-5f));
  test::step(optimizer, p, {0.1f, 0.6f, -1});
  CHECK_THAT(p,
             IsTensor({3}, {0.89972496f, -1.97420001f, 0.213762492f}, 1e-5f));
  test::step(optimizer, p, {-0.7f, 0.2f, 0.3f});
  CHECK_THAT(p,
             IsTensor({3}, {0.915478826f, -1.99710906f, 0.107329935f}, 1e-5f));
}

TEST_CASE("the velocity remembers the pull of weight decay too",
          "[06.2][hidden]") {
  // v = 0.5 + 0.25 * 2 = 1, p = 1.5; v = 0.5 + 0.5 + 0.25 * 1.5 = 1.375.
  const Tensor p = parameter({1}, {2});
  SGD optimizer({p}, {.lr = 0.5f, .momentum = 0.5f, .weight_decay = 0.25f});
  test::step(optimizer, p, {0.5f});
  CHECK_THAT(p, IsTensor({1}, {1.5f}));
  test::step(optimizer, p, {0.5f});
  CHECK_THAT(p, IsTensor({1}, {0.8125f}));
}

TEST_CASE("every parameter has a velocity of its own", "[06.2][hidden]") {
  const Tensor a = parameter({2}, {0, 0});
  const Tensor b = parameter({2}, {0, 0});
  SGD optimizer({a, b}, {.lr = 1.0f, .momentum = 0.5f});
  for (int i = 0; i < 2; ++i) {
    a.set_grad(make({2}, {1, 2}));
    test::step(optimizer, b, {-4, 0});
  }
  // v = 1.5 times the gradient in the second step: 1 + 1.5 = 2.5 in all.
  CHECK_THAT(a, IsTensor({2}, {-2.5f, -5}));
  CHECK_THAT(b, IsTensor({2}, {10, 0}));
}

TEST_CASE("two optimizers do not share a velocity", "[06.2][hidden]") {
  const Tensor a = parameter({1}, {0});
  const Tensor b = parameter({1}, {0});
  SGD first({a}, {.lr = 1.0f, .momentum = 0.5f});
  SGD second({b}, {.lr = 1.0f, .momentum = 0.5f});
  test::step(first, a, {8});
  test::step(second, b, {1});
  CHECK_THAT(b, IsTensor({1}, {-1}));
}

TEST_CASE("a parameter whose gradient is gone does not coast on its velocity",
          "[06.2][hidden]") {
  const Tensor p = parameter({1}, {0});
  const Tensor other = parameter({1}, {0});
  SGD optimizer({p, other}, {.lr = 1.0f, .momentum = 0.5f});
  other.set_grad(make({1}, {1}));
  test::step(optimizer, p, {1});
  test::forget_gradient(p);
  optimizer.step();
  CHECK_THAT(p, IsTensor({1}, {-1}));
  CHECK_THAT(other, IsTensor({1}, {-2.5f}));
  // Its velocity waited, as in PyTorch: 0.5 * 1 + 1.
  test::step(optimizer, p, {1});
  CHECK_THAT(p, IsTensor({1}, {-2.5f}));
}

TEST_CASE("a parameter may get its first gradient after the first step",
          "[06.2][hidden]") {
  const Tensor early = parameter({1}, {0});
  const Tensor late = parameter({3}, {1, 2, 3});
  SGD optimizer({early, late}, {.lr = 1.0f, .momentum = 0.5f});
  test::step(optimizer, early, {1});
  CHECK_THAT(late, IsTensor({3}, {1, 2, 3}));
  test::step(optimizer, late, {1, 0, -1});
  CHECK_THAT(late, IsTensor({3}, {0, 2, 4}));
}

TEST_CASE("gradient descent reads a scattered gradient by index",
          "[06.2][hidden]") {
  const Tensor p = parameter({2, 3}, {0, 0, 0, 0, 0, 0});
  SGD plain({p}, {.lr = 1.0f});
  p.set_grad(test::scattered({2, 3}, {1, 2, 3, 4, 5, 6}));
  plain.step();
  CHECK_THAT(p, IsTensor({2, 3}, {-1, -2, -3, -4, -5, -6}));
  SGD with_momentum({p}, {.lr = 1.0f, .momentum = 0.5f});
  with_momentum.step();
  CHECK_THAT(p, IsTensor({2, 3}, {-2, -4, -6, -8, -10, -12}));
}

TEST_CASE("gradient descent reads a repeated gradient", "[06.2][hidden]") {
  // sum() hands down one number for all elements: stride 0.
  const Tensor p = parameter({3}, {1, 2, 3});
  SGD optimizer({p}, {.lr = 1.0f});
  p.set_grad(Tensor::view(make({1}, {2}).storage(), {3}, {0}, 0));
  optimizer.step();
  CHECK_THAT(p, IsTensor({3}, {-1, 0, 1}));
}

TEST_CASE("gradient descent stays inside a parameter that is part of a block",
          "[06.2][hidden]") {
  const Tensor block = make({6}, {1, 1, 1, 1, 1, 1});
  Tensor middle = Tensor::view(block.storage(), {2, 1}, {1, 1}, 2);
  middle.set_requires_grad();
  SGD optimizer({middle}, {.lr = 1.0f, .momentum = 0.5f});
  test::step(optimizer, middle, {3, 5});
  CHECK_THAT(block, IsTensor({6}, {1, 1, -2, -4, 1, 1}));
}

TEST_CASE("gradient descent is seen through every handle and view",
          "[06.2][hidden]") {
  const Tensor p = parameter({2, 2}, {1, 2, 3, 4});
  const Tensor copy_of_handle = p;
  const Tensor view = Tensor::view(p.storage(), {4}, {1}, 0);
  const std::shared_ptr<Storage> storage = p.storage();
  SGD optimizer({p}, {.lr = 1.0f, .momentum = 0.9f});
  test::step(optimizer, p, {1, 1, 1, 1});
  CHECK_THAT(copy_of_handle, IsTensor({2, 2}, {0, 1, 2, 3}));
  CHECK_THAT(view, IsTensor({4}, {0, 1, 2, 3}));
  CHECK(p.storage() == storage);
  CHECK(p.requires_grad());
}

TEST_CASE("gradient descent counts as a change of the parameter only",
          "[06.2][hidden]") {
  // Autograd tells by the version that a saved value has been overwritten.
  const Tensor p = parameter({2}, {1, 2});
  const Tensor frozen = parameter({2}, {1, 2});
  SGD optimizer({frozen, p}, {.lr = 0.5f});
  const std::uint64_t before = p.storage()->version();
  const std::uint64_t frozen_before = frozen.storage()->version();
  test::step(optimizer, p, {1, 1});
  CHECK(p.storage()->version() > before);
  CHECK(frozen.storage()->version() == frozen_before);
}

TEST_CASE("gradient descent leaves the gradient as it was", "[06.2][hidden]") {
  const Tensor p = parameter({2}, {1, 2});
  SGD optimizer({p}, {.lr = 0.5f, .momentum = 0.9f, .weight_decay = 0.5f});
  test::step(optimizer, p, {3, 4});
  optimizer.step();
  REQUIRE(p.has_grad());
  CHECK_THAT(p.grad(), IsTensor({2}, {3, 4}));
}

TEST_CASE("gradient descent moves scalars and large and empty parameters",
          "[06.2][hidden]") {
  const Tensor empty = parameter({0, 3}, {});
  const Tensor scalar = parameter({}, {1});
  const std::vector<float> ones(7 * 11 * 13, 1.0f);
  const Tensor large = parameter({7, 11, 13}, ones);
  for (const float momentum : {0.0f, 0.5f}) {
    CAPTURE(momentum);
    SGD optimizer({empty, scalar, large}, {.lr = 1.0f, .momentum = momentum});
    empty.set_grad(make({0, 3}, {}));
    scalar.set_grad(make({}, {2}));
    test::step(optimizer, large, ones);
  }
  CHECK_THAT(empty, IsTensor({0, 3}, {}));
  CHECK_THAT(scalar, IsTensor({}, {-3}));
  CHECK_THAT(large,
             IsTensor({7, 11, 13}, std::vector<float>(ones.size(), -1.0f)));
}

TEST_CASE("a new learning rate holds from the next step of gradient descent",
          "[06.2][hidden]") {
  // The velocity is in units of the gradient: 1, 1.5, 1.75 whatever the rate.
  const Tensor p = parameter({1}, {0});
  SGD optimizer({p}, {.lr = 1.0f, .momentum = 0.5f});
  test::step(optimizer, p, {1});
  optimizer.set_lr(0.0f);
  test::step(optimizer, p, {1});
  CHECK_THAT(p, IsTensor({1}, {-1}));
  optimizer.set_lr(2.0f);
  test::step(optimizer, p, {1});
  CHECK_THAT(p, IsTensor({1}, {-4.5f}));
}
