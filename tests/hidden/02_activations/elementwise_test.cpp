// Values that are not worked out by hand are PyTorch's, computed in float64.
#include <cmath>

#include "support/tensors.hpp"
#include "tinytorch/activations.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::kInf;
using test::kNaN;
using test::make;
using test::scattered;

namespace {

/// 65,536 numbers from -8 to 8, evenly spaced.
std::vector<float> ramp() {
  std::vector<float> x(65536);
  for (std::size_t i = 0; i < x.size(); ++i) {
    x[i] = -8.0f + static_cast<float>(i) / 4096.0f;
  }
  return x;
}

/// f of every element, computed in double.
std::vector<float> exactly(double (*f)(double), const std::vector<float>& x) {
  std::vector<float> y(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = static_cast<float>(f(x[i]));
  return y;
}

using Activation = Tensor (*)(const Tensor&);

/// What every activation does alike: any memory layout, any shape, and a
/// result of its own. The expected values are f(1), f(2), f(3), f(4).
void check_layouts(Activation f, const std::vector<float>& y) {
  const Tensor x = make({2, 4}, {9, 1, 2, 9, 9, 3, 4, 9});
  SECTION("a transposed matrix") {
    CHECK_THAT(f(scattered({2, 2}, {1, 2, 3, 4})), IsTensor({2, 2}, y, 1e-6f));
  }
  SECTION("a slice: it starts behind the beginning of its memory") {
    CHECK_THAT(f(Tensor::view(x.storage(), {2, 2}, {4, 1}, 1)),
               IsTensor({2, 2}, y, 1e-6f));
  }
  SECTION("a broadcast dimension: its stride is 0") {
    CHECK_THAT(f(Tensor::view(x.storage(), {2, 2}, {0, 1}, 1)),
               IsTensor({2, 2}, {y[0], y[1], y[0], y[1]}, 1e-6f));
  }
  CHECK_THAT(x, IsTensor({2, 4}, {9, 1, 2, 9, 9, 3, 4, 9}));
}

void check_shapes(Activation f, float of_one) {
  CHECK_THAT(f(make({}, {1})), IsTensor({}, {of_one}, 1e-6f));
  CHECK_THAT(f(make({1, 1, 1}, {1})), IsTensor({1, 1, 1}, {of_one}, 1e-6f));
  CHECK_THAT(f(make({0, 3}, {})), IsTensor({0, 3}, {}));
  CHECK_THAT(f(Tensor()), IsTensor({0}, {}));
}

/// Writing to the result must not reach the input, even where f(x) = x.
void check_own_memory(Activation f, const std::vector<float>& values) {
  const Tensor x = make({2}, values);
  Tensor y = f(x);
  CHECK(y.storage() != x.storage());
  y.mutable_data()[0] = -77.0f;
  CHECK_THAT(x, IsTensor({2}, values));
}

}  // namespace

TEST_CASE("ReLU keeps NaN and infinity", "[02.1][hidden]") {
  INFO("a NaN that vanishes here hides a mistake made elsewhere");
  CHECK_THAT(relu(make({3}, {kNaN, kInf, -kInf})),
             IsTensor({3}, {kNaN, kInf, 0}));
}

TEST_CASE("ReLU keeps every positive number exactly", "[02.1][hidden]") {
  INFO("from the smallest float to the largest, nothing is scaled or clipped");
  CHECK_THAT(relu(make({5}, {1e-40f, 1e-10f, 0.3f, 7, 3e38f})),
             IsTensor({5}, {1e-40f, 1e-10f, 0.3f, 7, 3e38f}));
  CHECK_THAT(relu(make({3}, {-1e-40f, -1e-10f, -3e38f})),
             IsTensor({3}, {0, 0, 0}));
}

TEST_CASE("ReLU reads views through their strides and offset",
          "[02.1][hidden]") {
  check_layouts(relu, {1, 2, 3, 4});
}

TEST_CASE("ReLU accepts scalars and tensors without elements",
          "[02.1][hidden]") {
  check_shapes(relu, 1.0f);
}

TEST_CASE("ReLU returns memory of its own even when nothing changes",
          "[02.1][hidden]") {
  check_own_memory(relu, {1, 2});
}

TEST_CASE("Sigmoid at infinity and NaN and zero", "[02.2][hidden]") {
  CHECK_THAT(sigmoid(make({5}, {kInf, -kInf, kNaN, -0.0f, 0.0f})),
             IsTensor({5}, {1, 0, kNaN, 0.5f, 0.5f}));
}

TEST_CASE("Sigmoid of minus eighty is small but not zero", "[02.2][hidden]") {
  INFO("exp(-80) is 1.8e-35, which a float can hold: do not clip the input");
  CHECK_THAT(sigmoid(make({2}, {-80, -30})),
             IsTensor({2}, {1.80485139e-35f, 9.35762297e-14f}, 1e-5f));
}

TEST_CASE("Sigmoid where exp overflows", "[02.2][hidden]") {
  // exp(88.8) is beyond the largest float. PyTorch gives 0 below -88.8.
  const Tensor y = sigmoid(make({4}, {88, 89, -100, -1e20f}));
  CHECK(y.data()[0] == 1.0f);
  CHECK(y.data()[1] == 1.0f);
  CHECK(y.data()[2] >= 0.0f);
  CHECK(y.data()[2] < 1e-40f);
  CHECK(y.data()[3] == 0.0f);
}

TEST_CASE("Sigmoid keeps the digits of small probabilities", "[02.2][hidden]") {
  INFO("1 - 1 / (1 + exp(x)) would cancel to 0 at -20");
  CHECK_THAT(sigmoid(make({2}, {-20, -5})),
             IsTensor({2}, {2.06115362e-09f, 0.00669285092f}, 1e-5f));
}

TEST_CASE("Sigmoid is accurate over 65536 numbers", "[02.2][hidden]") {
  const std::vector<float> x = ramp();
  const auto y = exactly([](double v) { return 1 / (1 + std::exp(-v)); }, x);
  CHECK_THAT(sigmoid(make({256, 256}, x)), IsTensor({256, 256}, y, 1e-6f));
}

TEST_CASE("Sigmoid reads views through their strides and offset",
          "[02.2][hidden]") {
  check_layouts(sigmoid,
                {0.731058579f, 0.880797078f, 0.952574127f, 0.982013790f});
}

TEST_CASE("Sigmoid accepts scalars and tensors without elements",
          "[02.2][hidden]") {
  check_shapes(sigmoid, 0.731058579f);
}

TEST_CASE("Sigmoid returns memory of its own", "[02.2][hidden]") {
  check_own_memory(sigmoid, {1, -2});
}

TEST_CASE("Tanh at infinity and NaN and zero", "[02.3][hidden]") {
  CHECK_THAT(tinytorch::tanh(make({5}, {kInf, -kInf, kNaN, 0, 1e20f})),
             IsTensor({5}, {1, -1, kNaN, 0, 1}));
}

TEST_CASE("Tanh keeps the digits of numbers near zero", "[02.3][hidden]") {
  INFO("exp(x) - exp(-x) in float loses most digits of x = 0.0001");
  CHECK_THAT(
      tinytorch::tanh(make({4}, {1e-4f, 1e-3f, -1e-5f, 1e-2f})),
      IsTensor({4}, {9.99999997e-05f, 0.000999999667f, -1e-5f, 0.00999966668f},
               1e-6f));
}

TEST_CASE("Tanh is accurate over 65536 numbers", "[02.3][hidden]") {
  const std::vector<float> x = ramp();
  const auto y = exactly([](double v) { return std::tanh(v); }, x);
  CHECK_THAT(tinytorch::tanh(make({65536}, x)), IsTensor({65536}, y, 1e-6f));
}

TEST_CASE("Tanh reads views through their strides and offset",
          "[02.3][hidden]") {
  check_layouts(tinytorch::tanh,
                {0.761594156f, 0.964027580f, 0.995054754f, 0.999329300f});
}

TEST_CASE("Tanh accepts scalars and tensors without elements",
          "[02.3][hidden]") {
  check_shapes(tinytorch::tanh, 0.761594156f);
}

TEST_CASE("Tanh returns memory of its own", "[02.3][hidden]") {
  check_own_memory(tinytorch::tanh, {0, -2});
}

TEST_CASE("GELU at infinity and NaN and zero", "[02.4][hidden]") {
  INFO("-inf times 0 is NaN: PyTorch gives the same");
  CHECK_THAT(gelu(make({4}, {kInf, -kInf, kNaN, 0})),
             IsTensor({4}, {kInf, kNaN, kNaN, 0}));
}

TEST_CASE("GELU of numbers whose cube overflows", "[02.4][hidden]") {
  // (1e20)^3 is infinite in float; tanh of it is 1, and of its negative -1.
  CHECK_THAT(gelu(make({6}, {10, -10, 100, -100, 1e20f, -1e20f})),
             IsTensor({6}, {10, 0, 100, 0, 1e20f, 0}, 1e-6f, 1e-6f));
}

TEST_CASE("GELU is the tanh form and not the error function",
          "[02.4][hidden]") {
  // PyTorch, approximate='tanh'. With erf: -0.00404969, 1.9544997, 2.9959503.
  CHECK_THAT(
      gelu(make({3}, {-3, 2, 3})),
      IsTensor({3}, {-0.00363739208f, 1.95459769f, 2.99636261f}, 1e-6f, 1e-6f));
}

TEST_CASE("GELU is accurate over 65536 numbers", "[02.4][hidden]") {
  const std::vector<float> x = ramp();
  const auto y = exactly(
      [](double v) {
        const double inner = 0.7978845608028654 * (v + 0.044715 * v * v * v);
        return 0.5 * v * (1 + std::tanh(inner));
      },
      x);
  CHECK_THAT(gelu(make({65536}, x)), IsTensor({65536}, y, 1e-6f, 1e-6f));
}

TEST_CASE("GELU reads views through their strides and offset",
          "[02.4][hidden]") {
  check_layouts(gelu, {0.841191991f, 1.95459769f, 2.99636261f, 3.99992975f});
}

TEST_CASE("GELU accepts scalars and tensors without elements",
          "[02.4][hidden]") {
  check_shapes(gelu, 0.841191991f);
}

TEST_CASE("GELU returns memory of its own", "[02.4][hidden]") {
  check_own_memory(gelu, {20, 30});
}
