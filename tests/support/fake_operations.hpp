// Operations for tests of the engine, each with a rule. They compute without
// any code of the student except numel and row_major_strides.
//
// All in the header: the objects of test_support are linked to every module's
// tests, also to those of modules before autograd.
#pragma once

#include <cmath>
#include <vector>

#include "support/memory.hpp"
#include "tinytorch/autograd.hpp"

namespace test {

using tinytorch::Node;
using tinytorch::Save;
using tinytorch::Tensor;

namespace fake {

inline int calls = 0;

template <class F>
inline Tensor map(const Tensor& a, const Tensor& b, F f) {
  std::vector<float> result = values(a);
  const std::vector<float> other = values(b);
  for (std::size_t i = 0; i < result.size(); ++i) {
    result[i] = f(result[i], other[i]);
  }
  return make(a.shape(), result);
}

inline Tensor product(const Tensor& a, const Tensor& b) {
  return map(a, b, [](float x, float y) { return x * y; });
}

inline Tensor doubled(const Tensor& x) {
  return map(x, x, [](float v, float) { return 2.0f * v; });
}

inline std::vector<Tensor> twice_backward(const Node&, const Tensor& gradient) {
  ++calls;
  return {doubled(gradient)};
}

inline std::vector<Tensor> plus_backward(const Node&, const Tensor& gradient) {
  ++calls;
  return {gradient, gradient};
}

inline std::vector<Tensor> times_backward(const Node& node,
                                          const Tensor& gradient) {
  ++calls;
  const auto gradient_of = [&](std::size_t i, std::size_t other) {
    return node.needs(i) ? product(gradient, node.input(other)) : Tensor();
  };
  return {gradient_of(0, 1), gradient_of(1, 0)};
}

inline std::vector<Tensor> raised_backward(const Node& node,
                                           const Tensor& gradient) {
  ++calls;
  return {product(gradient, node.output())};
}

inline std::vector<Tensor> misshapen_backward(const Node&, const Tensor&) {
  return {make({7}, {1, 2, 3, 4, 5, 6, 7})};
}

inline std::vector<Tensor> forgetful_backward(const Node&, const Tensor&) {
  return {};
}

}  // namespace fake

/// 2 x. Its rule needs nothing saved.
inline Tensor twice(const Tensor& x) {
  return tinytorch::record("test_twice", {&x}, fake::doubled(x));
}

/// x + y, of one shape. Its rule hands the same tensor to both inputs.
inline Tensor plus(const Tensor& x, const Tensor& y) {
  return tinytorch::record(
      "test_plus", {&x, &y},
      fake::map(x, y, [](float a, float b) { return a + b; }));
}

/// x y, of one shape. Its rule needs the inputs.
inline Tensor times(const Tensor& x, const Tensor& y) {
  return tinytorch::record("test_times", {&x, &y}, fake::product(x, y));
}

/// e^x. Its rule needs the output.
inline Tensor raised(const Tensor& x) {
  return tinytorch::record(
      "test_raised", {&x},
      fake::map(x, x, [](float v, float) { return std::exp(v); }));
}

/// x, by a rule whose gradient has the shape (7,).
inline Tensor misshapen(const Tensor& x) {
  return tinytorch::record("test_misshapen", {&x}, make(x.shape(), values(x)));
}

/// x, by a rule that returns no gradient.
inline Tensor forgetful(const Tensor& x) {
  return tinytorch::record("test_forgetful", {&x}, make(x.shape(), values(x)));
}

/// x, by an operation that has no rule.
inline Tensor unknown(const Tensor& x) {
  return tinytorch::record("test_unknown", {&x}, make(x.shape(), values(x)));
}

/// How often these rules have been asked since reset_rule_calls().
inline int rule_calls() { return fake::calls; }
inline void reset_rule_calls() { fake::calls = 0; }

/// Called by Engine.
inline void register_fake_rules() {
  using tinytorch::register_rule;
  register_rule("test_twice", {fake::twice_backward, Save::nothing});
  register_rule("test_plus", {fake::plus_backward, Save::nothing});
  register_rule("test_times", {fake::times_backward, Save::inputs});
  register_rule("test_raised", {fake::raised_backward, Save::output});
  register_rule("test_misshapen", {fake::misshapen_backward, Save::nothing});
  register_rule("test_forgetful", {fake::forgetful_backward, Save::nothing});
}

}  // namespace test
