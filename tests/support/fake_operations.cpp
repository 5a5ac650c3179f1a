#include "support/fake_operations.hpp"

#include <cmath>

namespace test {

using tinytorch::Node;
using tinytorch::Save;
using tinytorch::Tensor;

namespace {

int calls = 0;

template <class F>
Tensor map(const Tensor& a, const Tensor& b, F f) {
  std::vector<float> result = values(a);
  const std::vector<float> other = values(b);
  for (std::size_t i = 0; i < result.size(); ++i) {
    result[i] = f(result[i], other[i]);
  }
  return make(a.shape(), result);
}

Tensor product(const Tensor& a, const Tensor& b) {
  return map(a, b, [](float x, float y) { return x * y; });
}

Tensor doubled(const Tensor& x) {
  return map(x, x, [](float v, float) { return 2.0f * v; });
}

std::vector<Tensor> twice_backward(const Node&, const Tensor& gradient) {
  ++calls;
  return {doubled(gradient)};
}

std::vector<Tensor> plus_backward(const Node&, const Tensor& gradient) {
  ++calls;
  return {gradient, gradient};
}

std::vector<Tensor> times_backward(const Node& node, const Tensor& gradient) {
  ++calls;
  const auto gradient_of = [&](std::size_t i, std::size_t other) {
    return node.needs(i) ? product(gradient, node.input(other)) : Tensor();
  };
  return {gradient_of(0, 1), gradient_of(1, 0)};
}

std::vector<Tensor> raised_backward(const Node& node, const Tensor& gradient) {
  ++calls;
  return {product(gradient, node.output())};
}

std::vector<Tensor> misshapen_backward(const Node&, const Tensor&) {
  return {make({7}, {1, 2, 3, 4, 5, 6, 7})};
}

std::vector<Tensor> forgetful_backward(const Node&, const Tensor&) {
  return {};
}

}  // namespace

Tensor twice(const Tensor& x) {
  return tinytorch::record("test_twice", {&x}, doubled(x));
}

Tensor plus(const Tensor& x, const Tensor& y) {
  return tinytorch::record("test_plus", {&x, &y},
                           map(x, y, [](float a, float b) { return a + b; }));
}

Tensor times(const Tensor& x, const Tensor& y) {
  return tinytorch::record("test_times", {&x, &y}, product(x, y));
}

Tensor raised(const Tensor& x) {
  return tinytorch::record("test_raised", {&x}, map(x, x, [](float v, float) {
                             return std::exp(v);
                           }));
}

Tensor misshapen(const Tensor& x) {
  return tinytorch::record("test_misshapen", {&x}, make(x.shape(), values(x)));
}

Tensor forgetful(const Tensor& x) {
  return tinytorch::record("test_forgetful", {&x}, make(x.shape(), values(x)));
}

Tensor unknown(const Tensor& x) {
  return tinytorch::record("test_unknown", {&x}, make(x.shape(), values(x)));
}

int rule_calls() { return calls; }
void reset_rule_calls() { calls = 0; }

void register_fake_rules() {
  using tinytorch::register_rule;
  register_rule("test_twice", {twice_backward, Save::nothing});
  register_rule("test_plus", {plus_backward, Save::nothing});
  register_rule("test_times", {times_backward, Save::inputs});
  register_rule("test_raised", {raised_backward, Save::output});
  register_rule("test_misshapen", {misshapen_backward, Save::nothing});
  register_rule("test_forgetful", {forgetful_backward, Save::nothing});
}

}  // namespace test
