// 05.1 Saved values, 05.2 Recording: what a plausible mistake would get wrong.
#include <stdexcept>

#include "support/gradients.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::Engine;
using test::IsTensor;
using test::leaf;
using test::make;
using test::Mentions;
using test::scattered;

TEST_CASE("a change through a view is noticed", "[05.1][hidden]") {
  const Tensor x = make({4}, {1, 2, 3, 4});
  const SavedTensor saved(x);
  Tensor tail = Tensor::view(x.storage(), {2}, {1}, 2);
  tail.mutable_data()[0] = 9;
  CHECK_THROWS_AS(saved.get("exp"), AutogradError);
}

TEST_CASE("a change of the whole is noticed by a saved view",
          "[05.1][hidden]") {
  Tensor x = make({4}, {1, 2, 3, 4});
  const SavedTensor saved(Tensor::view(x.storage(), {2}, {1}, 2));
  CHECK_THAT(saved.get("exp"), IsTensor({2}, {3, 4}));
  x.mutable_data()[3] = 9;
  CHECK_THROWS_MATCHES(saved.get("exp"), AutogradError,
                       Mentions({"exp", "(2,)"}));
}

TEST_CASE("a change that writes the same number is a change",
          "[05.1][hidden]") {
  // Versions are compared and not values: comparing values would need a copy.
  Tensor x = make({1}, {5});
  const SavedTensor saved(x);
  x.mutable_data()[0] = 5;
  CHECK_THROWS_AS(saved.get("exp"), AutogradError);
}

TEST_CASE("a saved value can be read many times and refuses every time",
          "[05.1][hidden]") {
  Tensor x = make({1}, {5});
  const SavedTensor saved(x);
  CHECK_THAT(saved.get("exp"), IsTensor({1}, {5}));
  CHECK_THAT(saved.get("exp"), IsTensor({1}, {5}));
  for (int change = 0; change < 3; ++change) {
    x.mutable_data();
    CHECK_THROWS_AS(saved.get("exp"), AutogradError);
    CHECK_THROWS_AS(saved.get("exp"), AutogradError);
  }
}

TEST_CASE("a change elsewhere raises no alarm", "[05.1][hidden]") {
  const Tensor x = make({2}, {1, 2});
  Tensor copy = make({2}, {1, 2});
  const SavedTensor saved(x);
  copy.mutable_data()[0] = 9;
  CHECK_THAT(saved.get("exp"), IsTensor({2}, {1, 2}));
}

TEST_CASE("a saved value survives the tensor and keeps its strides",
          "[05.1][hidden]") {
  Tensor x = scattered({2, 2}, {1, 2, 3, 4});
  const Strides strides = x.strides();
  const SavedTensor saved(x);
  x = make({1}, {0});
  CHECK_THAT(saved.get("exp"), IsTensor({2, 2}, {1, 2, 3, 4}));
  CHECK(saved.get("exp").strides() == strides);
}

TEST_CASE("a saved output is watched as inputs are", "[05.1][hidden]") {
  Tensor y = make({2}, {1, 2});
  const auto node = test::node_of({"exp", {make({2}, {0, 1})}, y});
  CHECK_THAT(node->output(), IsTensor({2}, {1, 2}));
  y.mutable_data()[0] = 3;
  CHECK_THROWS_MATCHES(node->output(), AutogradError, Mentions({"exp"}));
}

TEST_CASE("guards nest", "[05.2][hidden]") {
  REQUIRE(grad_enabled());
  {
    const NoGradGuard outer;
    {
      const NoGradGuard inner;
      CHECK_FALSE(grad_enabled());
    }
    // The inner one restores what it found, which is not "on".
    CHECK_FALSE(grad_enabled());
  }
  CHECK(grad_enabled());
}

TEST_CASE("a guard that an exception ends restores recording",
          "[05.2][hidden]") {
  try {
    const NoGradGuard guard;
    throw std::runtime_error("evaluation failed");
  } catch (const std::runtime_error&) {
    CHECK(grad_enabled());
  }
}

TEST_CASE("one input that requires a gradient is enough wherever it stands",
          "[05.2][hidden]") {
  const Engine engine;
  const Tensor x = make({2}, {1, 2});
  const Tensor w = leaf({2}, {3, 4});
  const Tensor first = test::plus(w, x);
  REQUIRE(first.requires_grad());
  REQUIRE(first.node()->parents.size() == 2);
  CHECK(first.node()->needs(0));
  CHECK_FALSE(first.node()->needs(1));
  CHECK(test::plus(x, w).requires_grad());
}

TEST_CASE("an input that is used twice is recorded twice", "[05.2][hidden]") {
  const Engine engine;
  const Tensor x = leaf({1}, {3});
  const Tensor y = test::times(x, x);
  REQUIRE(y.node()->parents.size() == 2);
  CHECK(y.node()->parents[0] == x.node());
  CHECK(y.node()->parents[1] == x.node());
}

TEST_CASE("a chain of operations is a chain of nodes", "[05.2][hidden]") {
  const Engine engine;
  const Tensor x = leaf({1}, {3});
  const Tensor y = test::twice(x);
  const Tensor z = test::twice(y);
  REQUIRE(z.node()->parents.size() == 1);
  CHECK(z.node()->parents[0] == y.node());
  CHECK(y.node()->parents[0] == x.node());
  CHECK(x.node()->is_leaf());
  CHECK_FALSE(y.node()->is_leaf());
}

TEST_CASE("recording marks the output and not the inputs", "[05.2][hidden]") {
  const Engine engine;
  const Tensor x = make({2}, {1, 2});
  const Tensor w = leaf({2}, {3, 4});
  CHECK(test::plus(x, w).requires_grad());
  CHECK_FALSE(x.requires_grad());
  CHECK(x.node() == nullptr);
  CHECK(w.node()->is_leaf());
}

TEST_CASE("a detached tensor and one that lost its mark are data",
          "[05.2][hidden]") {
  const Engine engine;
  Tensor x = leaf({2}, {1, 2});
  CHECK(test::twice(x).requires_grad());
  CHECK_FALSE(test::twice(x.detach()).requires_grad());
  x.set_requires_grad(false);
  CHECK_FALSE(test::twice(x).requires_grad());
  const Tensor w = leaf({2}, {3, 4});
  CHECK_FALSE(test::plus(x, w).node()->needs(0));
}

TEST_CASE("a node knows the shapes and integers of its operation",
          "[05.2][hidden]") {
  const Engine engine;
  register_rule("test_labelled", find_rule("test_plus"));
  const Tensor a = leaf({2, 3}, {1, 2, 3, 4, 5, 6});
  const Tensor b = leaf({3}, {1, 2, 3});
  const Tensor y = make({2, 3}, {2, 4, 6, 5, 7, 9});
  record("test_labelled", {&a, &b}, y, {-1, 7});
  REQUIRE(y.node() != nullptr);
  CHECK(y.node()->shape(0) == Shape{2, 3});
  CHECK(y.node()->shape(1) == Shape{3});
  CHECK(y.node()->attributes() == Shape{-1, 7});
}

TEST_CASE("an operation without a rule is refused only where one is needed",
          "[05.2][hidden]") {
  const Engine engine;
  CHECK_NOTHROW(test::unknown(make({1}, {3})));
  const Tensor x = leaf({1}, {3});
  CHECK_THROWS_MATCHES(test::unknown(x), AutogradError,
                       Mentions({"test_unknown", "rule"}));
  const NoGradGuard guard;
  CHECK_NOTHROW(test::unknown(x));
}

TEST_CASE("recording keeps no graph alive", "[05.2][hidden]") {
  // A node that held its own output, or an input that held the node, would be
  // a cycle that nobody frees.
  const Engine engine;
  const Tensor x = leaf({1}, {0});
  std::weak_ptr<Node> node;
  {
    const Tensor y = test::raised(x);
    node = y.node();
    REQUIRE_FALSE(node.expired());
  }
  CHECK(node.expired());
}
