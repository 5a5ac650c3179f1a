// 06.4 AdamW.
#include "support/parameters.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::make;
using test::parameter;

TEST_CASE("AdamW shrinks parameters by a fixed share", "[06.4]") {
  INFO("no gradient pushes: 2 - 0.5 * 0.25 * 2 = 1.75, -8 loses an eighth too");
  const Tensor p = parameter({2}, {2, -8});
  AdamW optimizer({p}, {.lr = 0.5f, .weight_decay = 0.25f});
  test::step(optimizer, p, {0, 0});
  CHECK_THAT(p, IsTensor({2}, {1.75f, -7}, 1e-6f));
}

TEST_CASE("AdamW decays first and then steps as Adam does", "[06.4]") {
  INFO("4 - 0.5 * 0.25 * 4 = 3.5, then a first step of lr: 3.5 - 0.5");
  const Tensor p = parameter({1}, {4});
  AdamW optimizer({p}, {.lr = 0.5f, .weight_decay = 0.25f});
  test::step(optimizer, p, {2});
  CHECK_THAT(p, IsTensor({1}, {3}, 1e-5f));
  INFO("3 - 0.5 * 0.25 * 3 = 2.625, then 2.625 - 0.5");
  test::step(optimizer, p, {2});
  CHECK_THAT(p, IsTensor({1}, {2.125f}, 1e-5f));
}

TEST_CASE("AdamW without weight decay is Adam", "[06.4]") {
  const Tensor p = parameter({1}, {1});
  AdamW optimizer({p}, {.lr = 0.25f, .weight_decay = 0.0f});
  for (const float expected : {0.75f, 0.5f, 0.25f}) {
    test::step(optimizer, p, {3});
    CHECK_THAT(p, IsTensor({1}, {expected}, 1e-5f));
  }
}
