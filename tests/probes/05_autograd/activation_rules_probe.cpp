#include <cmath>
#include <limits>

#include "support/gradients.hpp"
#include "support/probe.hpp"

using namespace tinytorch;
using test::gradient_of;

namespace {

Tensor scattered_or_not(test::Probe& probe, const Tensor& x) {
  return probe.coin() ? test::scattered(x.shape(), test::values(x)) : x;
}

Tensor either(test::Probe& probe, const Shape& shape) {
  return scattered_or_not(probe, probe.normal(shape));
}

/// Numbers along `dim` (of a rank 3 shape) that add up to 1.
Tensor probabilities(test::Probe& probe, const Shape& shape, std::size_t dim) {
  std::vector<float> p = test::values(probe.uniform(shape, 0.1f, 1));
  std::vector<float> totals(p.size());
  const auto slice = [&](std::size_t i) {
    auto at = test::unravel(static_cast<std::int64_t>(i), shape);
    at[dim] = 0;
    std::int64_t number = 0;
    for (std::size_t d = 0; d < 3; ++d) number = number * shape[d] + at[d];
    return static_cast<std::size_t>(number);
  };
  for (std::size_t i = 0; i < p.size(); ++i) totals[slice(i)] += p[i];
  for (std::size_t i = 0; i < p.size(); ++i) p[i] /= totals[slice(i)];
  return scattered_or_not(probe, test::make(shape, p));
}

}  // namespace

PROBE("gradients of activations", "05.9") {
  for (int i = 0; i < 6; ++i) {
    const Shape shape{probe.between(2, 4), probe.between(i < 2 ? 0 : 2, 5)};
    const auto output = [&](float low, float high) {
      return scattered_or_not(probe, probe.uniform(shape, low, high));
    };
    std::vector<float> positive = test::values(output(-2, 2));
    for (float& y : positive) y = y > 0 ? y : 0;
    const Tensor x = either(probe, shape), g = either(probe, shape);
    const Tensor y = scattered_or_not(probe, test::make(shape, positive));
    probe.emit("relu", gradient_of({"relu", {x}, y}, g));
    probe.emit("sigmoid", gradient_of({"sigmoid", {x}, output(0, 1)}, g));
    probe.emit("tanh", gradient_of({"tanh", {x}, output(-1, 1)}, g));
    probe.emit("gelu", gradient_of({"gelu", {output(-4, 4)}, x}, g));
  }
}

PROBE("gradients that are infinite at a relu", "05.9") {
  const float inf = std::numeric_limits<float>::infinity();
  std::vector<float> y(20), g(20);
  for (float& value : y) value = probe.coin() ? probe.real(1, 2) : 0.0f;
  for (float& value : g) value = probe.coin() ? probe.real(1, 2) : inf;
  const Tensor output = test::make({20}, y);
  probe.emit("relu",
             gradient_of({"relu", {output}, output}, test::make({20}, g)));
}

PROBE("gradients of softmax and log-softmax", "05.10") {
  for (int i = 0; i < 8; ++i) {
    const Shape shape = i < 2 ? Shape{2, 2, 2}
                              : Shape{probe.between(2, 3), probe.between(2, 4),
                                      probe.between(2, 3)};
    const std::int64_t dim = probe.between(0, 2);
    const Shape attributes{dim - (probe.coin() ? 3 : 0)};
    const Tensor p = probabilities(probe, shape, static_cast<std::size_t>(dim));
    std::vector<float> logs = test::values(p);
    for (float& value : logs) value = std::log(value);
    const Tensor l = scattered_or_not(probe, test::make(shape, logs));
    const Tensor x = probe.normal(shape);
    probe.emit("softmax", gradient_of({"softmax", {x}, p, attributes},
                                      either(probe, shape)));
    probe.emit("log_softmax", gradient_of({"log_softmax", {x}, l, attributes},
                                          either(probe, shape)));
  }
}
