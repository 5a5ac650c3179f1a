#include <limits>

#include "support/gradients.hpp"
#include "support/probe.hpp"
#include "tinytorch/operations.hpp"

using namespace tinytorch;
using test::gradient_of;

namespace {

constexpr float kInf = std::numeric_limits<float>::infinity();

Tensor positive(test::Probe& probe, const Shape& shape) {
  const Tensor x = probe.uniform(shape, 0.3f, 4);
  return probe.coin() ? test::scattered(shape, test::values(x)) : x;
}

Tensor either(test::Probe& probe, const Shape& shape) {
  return probe.coin() ? probe.scattered(shape) : probe.normal(shape);
}

}  // namespace

PROBE("exp, log, sqrt and pow", "05.12") {
  const std::int64_t n = probe.between(2, 4), m = probe.between(2, 4);
  for (const Shape& shape : {Shape{n, m}, {n, m}, {n}, {}, {0, m}}) {
    probe.emit("exp", tinytorch::exp(either(probe, shape)));
    probe.emit("log", tinytorch::log(positive(probe, shape)));
    probe.emit("sqrt", tinytorch::sqrt(positive(probe, shape)));
    const float exponent = probe.real(-2, 3);
    probe.emit("pow", tinytorch::pow(positive(probe, shape), exponent));
    const auto whole = static_cast<float>(probe.between(-2, 4));
    probe.emit("whole", tinytorch::pow(either(probe, shape), whole),
               {1e-3f, 1e-4f});
  }
}

PROBE("exp, log, sqrt and pow at the ends of the numbers", "05.12") {
  const float choices[] = {
      0, -1, kInf, -kInf, -3, 100, std::numeric_limits<float>::quiet_NaN()};
  std::vector<float> ends(16);
  for (float& x : ends) x = choices[probe.between(0, 6)];
  const Tensor x = test::make({16}, ends);
  probe.emit("exp", tinytorch::exp(x));
  probe.emit("log", tinytorch::log(x));
  probe.emit("sqrt", tinytorch::sqrt(x));
  for (const float exponent : {0.0f, -1.0f, 0.5f, 3.0f}) {
    probe.emit("pow", tinytorch::pow(x, exponent));
  }
}

PROBE("gradients of exp, log, sqrt and pow", "05.12") {
  for (int i = 0; i < 4; ++i) {
    const Shape shape{probe.between(1, 3), probe.between(2, 4)};
    const Tensor x = positive(probe, shape), y = positive(probe, shape);
    const Tensor g = either(probe, shape);
    probe.emit("exp", gradient_of({"exp", {x}, y}, g));
    probe.emit("log", gradient_of({"log", {x}, y}, g));
    probe.emit("sqrt", gradient_of({"sqrt", {x}, y}, g));
    for (const float exponent : {0.0f, 2.0f, probe.real(-2, 3),
                                 static_cast<float>(probe.between(-2, 3))}) {
      const Tensor power = test::make({}, {exponent});
      probe.emit("pow",
                 gradient_of({"pow", {x, power}, y, {}, {true, false}}, g));
    }
    const Tensor zero = test::make({2}, {0, probe.real(-2, -1)});
    probe.emit(
        "exponent 0",
        gradient_of({"pow", {zero, test::make({}, {0})}, {}, {}, {true, false}},
                    probe.normal({2})));
  }
}
