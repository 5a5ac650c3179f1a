#include <cmath>
#include <limits>

#include "support/probe.hpp"

using namespace tinytorch;

namespace {

constexpr float kInf = std::numeric_limits<float>::infinity();
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

void emit_all(test::Probe& probe, const Tensor& a, const Tensor& b) {
  probe.emit("sum", a + b);
  probe.emit("difference", a - b);
  probe.emit("product", a * b);
  probe.emit("quotient", a / b);
}

}  // namespace

PROBE("arithmetic of all shapes that fit", "01.10") {
  const std::int64_t n = probe.between(2, 4), m = probe.between(2, 4);
  const Shape whole{2, n, m};
  for (const Shape& part : {Shape{m}, {n, 1}, {1, m}, {2, 1, m}, {}, {1}}) {
    const Tensor x =
        probe.coin() ? probe.scattered(whole) : probe.normal(whole);
    const Tensor y = probe.coin() ? probe.scattered(part) : probe.normal(part);
    probe.coin() ? emit_all(probe, x, y) : emit_all(probe, y, x);
  }
  emit_all(probe, probe.scattered({n, m}), probe.normal({n, m}));
  emit_all(probe, probe.scattered({n, 1}), probe.scattered({1, m}));
  emit_all(probe, probe.normal({m}), probe.normal({m}));
  emit_all(probe, probe.normal({0, m}), probe.normal({m}));
}

PROBE("arithmetic with numbers", "01.10") {
  const std::int64_t n = probe.between(2, 5);
  for (const Tensor& x :
       {probe.normal({n}), probe.scattered({2, n}), probe.normal({})}) {
    const float number = probe.real(2, 5);
    emit_all(probe, x, Tensor(number));
    emit_all(probe, Tensor(number), x);
    probe.emit("negative", -x);
    probe.emit("number on the left", number - x);
  }
}

PROBE("division by zero and the sign of zero", "01.10") {
  const float choices[] = {0.0f, -0.0f, 1.0f, -2.0f, kInf, kNaN};
  std::vector<float> a(24), b(24);
  for (float& value : a) value = choices[probe.between(0, 5)];
  for (float& value : b) value = choices[probe.between(0, 3)];
  const Tensor x = test::make({24}, a), y = test::make({24}, b);
  probe.emit("quotient", x / y);
  std::vector<float> inverse = test::values(-y);
  for (float& value : inverse) value = 1.0f / value;
  probe.emit("one by the negative", inverse);
}

PROBE("operands that broadcast or not", "01.10") {
  for (int i = 0; i < 24; ++i) {
    const Tensor a = probe.normal({probe.between(1, 3), probe.between(1, 3)});
    const Tensor b = probe.normal({probe.between(1, 3)});
    const std::int64_t operation = probe.between(0, 3);
    probe.outcome("a and b", [&] {
      if (operation == 0) a + b;
      if (operation == 1) a - b;
      if (operation == 2) b* a;
      if (operation == 3) a / b;
    });
  }
}

PROBE("close or not", "01.14") {
  for (int i = 0; i < 48; ++i) {
    const std::int64_t n = probe.between(1, 3), m = probe.between(1, 3);
    const Tensor b = probe.normal({n, m});
    const float rtol = probe.coin() ? probe.real(0.3f, 0.6f) : 0.0f;
    const float atol = probe.coin() ? probe.real(0.1f, 0.9f) : 0.01f;
    std::vector<float> a = test::values(b);
    // All of them close, or one of them too far by a fifth.
    const auto far = static_cast<std::size_t>(probe.between(0, 2 * n * m - 1));
    for (std::size_t j = 0; j < a.size(); ++j) {
      const float bound = atol + rtol * std::fabs(a[j]);
      a[j] += (probe.coin() ? bound : -bound) * (j == far ? 1.2f : 0.8f);
    }
    const Tensor x =
        probe.coin() ? test::make({n, m}, a) : test::scattered({n, m}, a);
    probe.emit_truth("close", allclose(x, b, rtol, atol));
  }
}

PROBE("infinities, NaN and tolerances", "01.14") {
  const float choices[] = {1.0f, 1.0f, kInf, -kInf, kNaN};
  for (int i = 0; i < 40; ++i) {
    const std::int64_t n = probe.between(1, 2);
    std::vector<float> b(static_cast<std::size_t>(n));
    for (float& value : b) value = choices[probe.between(0, 4)];
    const float a = probe.coin() ? b[0] : choices[probe.between(0, 4)];
    const bool equal_nan = probe.coin();
    probe.emit_truth("close", allclose(test::make({1}, {a}), test::make({n}, b),
                                       1e-3f, 1e-3f, equal_nan));
  }
  for (int i = 0; i < 24; ++i) {
    const Tensor a = probe.normal({probe.between(1, 3)}), b = probe.normal({2});
    const float odd = probe.coin() ? kNaN : probe.real(-1, -0.1f);
    const std::int64_t kind = a.size() == 3 ? 0 : probe.between(0, 2);
    probe.outcome("allclose", [&] {
      allclose(a, b, kind == 1 ? odd : 0.1f, kind == 2 ? odd : 0.1f);
    });
  }
}
