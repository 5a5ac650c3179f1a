// 05.3 The backward pass: what a plausible mistake would get wrong.
#include <cmath>

#include "support/gradients.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::Engine;
using test::IsTensor;
using test::leaf;
using test::make;
using test::Mentions;
using test::scattered;

namespace {

/// What `f` throws, as text; "" if nothing.
template <class F>
std::string message_of(F f) {
  try {
    f();
  } catch (const AutogradError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("fifty stacked diamonds cost fifty turns", "[05.3][hidden]") {
  // Following every path would take 2^50 steps; asking a rule before all
  // shares have arrived gives a wrong sum.
  const Engine engine;
  const Tensor x = leaf({1}, {1});
  Tensor y = x;
  for (int i = 0; i < 50; ++i) y = test::plus(y, y);
  test::reset_rule_calls();
  y.backward();
  CHECK(test::rule_calls() == 50);
  CHECK_THAT(x.grad(), IsTensor({1}, {std::pow(2.0f, 50.0f)}));
}

TEST_CASE("diamonds whose sides differ in length cost one turn per node",
          "[05.3][hidden]") {
  // y = 2 (2 y) + y: the short side arrives first and must wait. Five times
  // a factor of 5, and 3 operations each.
  const Engine engine;
  const Tensor x = leaf({1}, {1});
  Tensor y = x;
  for (int i = 0; i < 5; ++i) y = test::plus(test::twice(test::twice(y)), y);
  Tensor z = x;
  for (int i = 0; i < 5; ++i) z = test::plus(z, test::twice(test::twice(z)));
  test::reset_rule_calls();
  y.backward();
  CHECK(test::rule_calls() == 15);
  CHECK_THAT(x.grad(), IsTensor({1}, {3125}));
  z.backward();
  CHECK(test::rule_calls() == 30);
  CHECK_THAT(x.grad(), IsTensor({1}, {6250}));
}

TEST_CASE("a chain of 100000 operations overflows no stack", "[05.3][hidden]") {
  const Engine engine;
  const Tensor x = leaf({1}, {2});
  const Tensor zero = make({1}, {0});
  Tensor y = x;
  for (int i = 0; i < 100000; ++i) y = test::plus(y, zero);
  y.backward();
  CHECK_THAT(x.grad(), IsTensor({1}, {1}));
}

TEST_CASE("two leaves never share the memory of their gradients",
          "[05.3][hidden]") {
  // The rule of + hands the same tensor to both.
  const Engine engine;
  const Tensor a = leaf({2}, {1, 2});
  const Tensor b = leaf({2}, {3, 4});
  test::plus(a, b).backward(make({2}, {10, 20}));
  Tensor changed = a.grad();
  changed.mutable_data()[0] = -1;
  CHECK_THAT(a.grad(), IsTensor({2}, {-1, 20}));
  CHECK_THAT(b.grad(), IsTensor({2}, {10, 20}));
}

TEST_CASE("a gradient does not share the memory of the gradient given",
          "[05.3][hidden]") {
  const Engine engine;
  const Tensor a = leaf({2}, {1, 2});
  const Tensor b = leaf({2}, {3, 4});
  Tensor given = make({2}, {10, 20});
  test::plus(a, b).backward(given);
  const Tensor c = leaf({2}, {5, 6});
  c.backward(given);
  given.mutable_data()[0] = -1;
  CHECK_THAT(a.grad(), IsTensor({2}, {10, 20}));
  CHECK_THAT(b.grad(), IsTensor({2}, {10, 20}));
  CHECK_THAT(c.grad(), IsTensor({2}, {10, 20}));
}

TEST_CASE("a second pass leaves handles and gradients of others alone",
          "[05.3][hidden]") {
  const Engine engine;
  const Tensor a = leaf({1}, {1});
  const Tensor b = leaf({1}, {1});
  test::plus(a, b).backward();
  test::twice(a).backward();
  CHECK_THAT(a.grad(), IsTensor({1}, {3}));
  CHECK_THAT(b.grad(), IsTensor({1}, {1}));
}

TEST_CASE("a leaf used at different depths gets every share",
          "[05.3][hidden]") {
  // y = (2 x + x) x: dy/dx = 3 x + 3 x = 6 x.
  const Engine engine;
  const Tensor x = leaf({1}, {5});
  test::times(test::plus(test::twice(x), x), x).backward();
  CHECK_THAT(x.grad(), IsTensor({1}, {30}));
}

TEST_CASE("what needs no gradient gets none", "[05.3][hidden]") {
  const Engine engine;
  const Tensor x = make({1}, {3});
  const Tensor w = leaf({1}, {4});
  const Tensor h = test::times(x, w);
  test::twice(h).backward();
  CHECK_THAT(w.grad(), IsTensor({1}, {6}));
  CHECK_FALSE(x.has_grad());
  // A computed tensor is no leaf and keeps none.
  CHECK_FALSE(h.has_grad());
}

TEST_CASE("a leaf is its own gradient's beginning", "[05.3][hidden]") {
  const Tensor x = leaf({1}, {5});
  x.backward();
  CHECK_THAT(x.grad(), IsTensor({1}, {1}));
  x.backward();
  CHECK_THAT(x.grad(), IsTensor({1}, {2}));
}

TEST_CASE("a loss of one element has a gradient of its own shape",
          "[05.3][hidden]") {
  const Engine engine;
  for (const Shape& shape : {Shape{}, Shape{1}, Shape{1, 1}}) {
    const Tensor x = leaf(shape, {5});
    test::twice(x).backward();
    CHECK_THAT(x.grad(), IsTensor(shape, {2}));
  }
}

TEST_CASE("a gradient of another shape is refused", "[05.3][hidden]") {
  const Engine engine;
  const Tensor x = leaf({2}, {5, 6});
  const Tensor y = test::twice(x);
  // (1,) would broadcast, and (2, 1) has as many elements.
  CHECK_THROWS_MATCHES(y.backward(make({1}, {1})), ShapeError,
                       Mentions({"backward", "(1,)", "(2,)"}));
  CHECK_THROWS_AS(y.backward(make({2, 1}, {1, 1})), ShapeError);
  CHECK_THROWS_AS(y.backward(make({}, {1})), ShapeError);
  CHECK_FALSE(x.has_grad());
}

TEST_CASE("an empty tensor needs a gradient to start from", "[05.3][hidden]") {
  const Engine engine;
  const Tensor x = leaf({0}, {});
  const Tensor y = test::twice(x);
  CHECK_THROWS_AS(y.backward(), ShapeError);
  y.backward(make({0}, {}));
  CHECK_THAT(x.grad(), IsTensor({0}, {}));
}

TEST_CASE("a scattered gradient is taken by index", "[05.3][hidden]") {
  const Engine engine;
  const Tensor x = leaf({2, 2}, {1, 2, 3, 4});
  test::plus(x, x).backward(scattered({2, 2}, {1, 2, 3, 4}));
  CHECK_THAT(x.grad(), IsTensor({2, 2}, {2, 4, 6, 8}));
  const Tensor y = leaf({2, 2}, {1, 2, 3, 4});
  y.backward(scattered({2, 2}, {1, 2, 3, 4}));
  CHECK_THAT(y.grad(), IsTensor({2, 2}, {1, 2, 3, 4}));
  CHECK(y.grad().strides() == Strides{2, 1});
}

TEST_CASE("the message of a graph used up says what to do", "[05.3][hidden]") {
  const Engine engine;
  const Tensor x = leaf({1}, {5});
  const Tensor y = test::times(x, x);
  y.backward();
  const std::string text = message_of([&] { y.backward(); });
  CHECK(text.find("earlier backward") != text.npos);
  CHECK(text.find("backward(true)") != text.npos);
  CHECK_THAT(x.grad(), IsTensor({1}, {10}));
}

TEST_CASE("a part of a graph that is used up is used up for all",
          "[05.3][hidden]") {
  // Silently stopping there would leave x without a share.
  const Engine engine;
  const Tensor x = leaf({1}, {5});
  const Tensor h = test::twice(x);
  const Tensor first = test::twice(h);
  const Tensor second = test::twice(test::twice(h));
  first.backward();
  CHECK_THROWS_AS(second.backward(), AutogradError);
  CHECK_THAT(x.grad(), IsTensor({1}, {4}));
}

TEST_CASE("a graph that was kept twice gives three gradients",
          "[05.3][hidden]") {
  const Engine engine;
  const Tensor x = leaf({2}, {5, 1});
  const Tensor y = test::times(x, x);
  const Tensor one = make({2}, {1, 1});
  y.backward(one, true);
  y.backward(one, true);
  y.backward(one);
  CHECK_THAT(x.grad(), IsTensor({2}, {30, 6}));
  CHECK_THROWS_AS(y.backward(one), AutogradError);
}

TEST_CASE("the backward pass frees what was saved", "[05.3][hidden]") {
  const Engine engine;
  const Tensor w = leaf({1}, {2});
  std::weak_ptr<Storage> saved;
  Tensor y;
  {
    const Tensor x = make({1}, {3});
    saved = x.storage();
    y = test::times(x, w);
  }
  REQUIRE_FALSE(saved.expired());
  y.backward();
  CHECK(saved.expired());
}

TEST_CASE("a saved input that was changed in place is refused",
          "[05.3][hidden]") {
  const Engine engine;
  Tensor x = leaf({1}, {5});
  const Tensor w = leaf({1}, {2});
  const Tensor y = test::times(x, w);
  x.mutable_data()[0] = 6;
  const std::string text = message_of([&] { y.backward(); });
  CHECK(text.find("test_times") != text.npos);
  CHECK_FALSE(w.has_grad());
}

TEST_CASE("a change in place of what nobody needs raises no alarm",
          "[05.3][hidden]") {
  const Engine engine;
  Tensor x = leaf({1}, {5});
  Tensor y = test::twice(x);
  const Tensor z = test::twice(y);
  x.mutable_data()[0] = 6;
  y.mutable_data()[0] = 7;
  z.backward();
  CHECK_THAT(x.grad(), IsTensor({1}, {4}));
}

TEST_CASE("a gradient of the wrong shape is blamed on its rule",
          "[05.3][hidden]") {
  const Engine engine;
  const Tensor x = leaf({2}, {5, 6});
  const Tensor y = test::misshapen(x);
  const std::string text = message_of([&] { y.backward(make({2}, {1, 1})); });
  CHECK(text.find("test_misshapen") != text.npos);
  CHECK(text.find("(7,)") != text.npos);
  CHECK_FALSE(x.has_grad());
}

TEST_CASE("a gradient that a rule left out is an error", "[05.3][hidden]") {
  const Engine engine;
  const Tensor x = leaf({1}, {5});
  const Tensor y = test::forgetful(x);
  const std::string text = message_of([&] { y.backward(); });
  CHECK(text.find("test_forgetful") != text.npos);
}

TEST_CASE("the backward pass itself is not recorded", "[05.3][hidden]") {
  // Gradients that require gradients would keep every graph alive.
  const Engine engine;
  const Tensor x = leaf({1}, {5});
  const Tensor upstream = leaf({1}, {3});
  test::plus(test::twice(x), test::twice(x)).backward(upstream);
  CHECK_FALSE(x.grad().requires_grad());
  CHECK_THAT(x.grad(), IsTensor({1}, {12}));
  CHECK(grad_enabled());
  const Tensor z = leaf({1}, {5});
  z.backward(upstream);
  CHECK_FALSE(z.grad().requires_grad());
}

TEST_CASE("recording is on again after a backward pass that failed",
          "[05.3][hidden]") {
  const Engine engine;
  const Tensor x = leaf({1}, {5});
  CHECK_THROWS_AS(test::misshapen(x).backward(), AutogradError);
  CHECK(grad_enabled());
}

TEST_CASE("a backward pass works under a NoGradGuard", "[05.3][hidden]") {
  const Engine engine;
  const Tensor x = leaf({1}, {5});
  const Tensor y = test::twice(x);
  const NoGradGuard guard;
  y.backward();
  CHECK_THAT(x.grad(), IsTensor({1}, {2}));
}

TEST_CASE("zero_grad of a tensor without a gradient does nothing",
          "[05.3][hidden]") {
  const Tensor plain = make({1}, {5});
  plain.zero_grad();
  CHECK_FALSE(plain.has_grad());
  CHECK_FALSE(plain.requires_grad());
  const Tensor x = leaf({1}, {5});
  x.zero_grad();
  x.zero_grad();
  CHECK_FALSE(x.has_grad());
  CHECK(x.requires_grad());
}

TEST_CASE("zero_grad leaves a gradient handed out before alone",
          "[05.3][hidden]") {
  const Engine engine;
  const Tensor x = leaf({1}, {5});
  const Tensor y = test::twice(x);
  y.backward(true);
  const Tensor kept = x.grad();
  x.zero_grad();
  CHECK_THAT(kept, IsTensor({1}, {2}));
  y.backward();
  CHECK_THAT(x.grad(), IsTensor({1}, {2}));
}
