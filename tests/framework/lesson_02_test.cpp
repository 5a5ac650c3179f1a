// Every number that the lesson of module 02 states, in the lesson's order.
#include <cmath>
#include <limits>

#include "support/catch.hpp"
#include "support/tensors.hpp"
#include "tinytorch/activations.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::kInf;
using test::Mentions;

namespace {

/// Within half a unit of the fourth decimal, which is what the lesson prints.
IsTensor rounded(const Shape& shape, const std::vector<float>& values) {
  return IsTensor(shape, values, 0.0f, 0.00005f);
}

/// The softmax of a row without the shift.
std::vector<float> plain_softmax(const std::vector<float>& scores) {
  std::vector<float> result;
  float sum = 0;
  for (const float score : scores) sum += std::exp(score);
  for (const float score : scores) result.push_back(std::exp(score) / sum);
  return result;
}

Tensor one_against_many() {
  Tensor x = Tensor::full({65536}, -16.8f);
  x.set({0}, 0);
  return x;
}

}  // namespace

TEST_CASE("lesson 02: two layers collapse without ReLU") {
  const Tensor w1{{1, -1}};
  const Tensor w2 = Tensor{1, 1}.reshape({2, 1});
  const Tensor x = Tensor{3, -2}.reshape({2, 1});
  const Tensor hidden = x.matmul(w1);
  CHECK_THAT(hidden, IsTensor({2, 2}, {3, -3, -2, 2}));
  CHECK_THAT(hidden.matmul(w2), IsTensor({2, 1}, {0, 0}));
  CHECK_THAT(w1.matmul(w2), IsTensor({1, 1}, {0}));
  CHECK_THAT(relu(hidden), IsTensor({2, 2}, {3, 0, 0, 2}));
  CHECK_THAT(relu(hidden).matmul(w2), IsTensor({2, 1}, {3, 2}));
}

TEST_CASE("lesson 02: the table of four functions") {
  const Tensor x{-4, -2, -1, 0, 1, 2, 4};
  CHECK_THAT(relu(x), IsTensor({7}, {0, 0, 0, 0, 1, 2, 4}));
  CHECK_THAT(sigmoid(x), rounded({7}, {0.0180f, 0.1192f, 0.2689f, 0.5f, 0.7311f,
                                       0.8808f, 0.9820f}));
  CHECK_THAT(tinytorch::tanh(x), rounded({7}, {-0.9993f, -0.9640f, -0.7616f, 0,
                                               0.7616f, 0.9640f, 0.9993f}));
  CHECK_THAT(gelu(x), rounded({7}, {-0.0001f, -0.0454f, -0.1588f, 0, 0.8412f,
                                    1.9546f, 3.9999f}));
  CHECK(allclose(tinytorch::tanh(x), 2 * sigmoid(2 * x) - 1, 1e-5f, 1e-6f));
}

TEST_CASE("lesson 02: softmax by hand") {
  const Tensor x{1, 2, 3};
  const std::vector<float> e = {0.135335f, 0.367879f, 1.0f};
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(std::exp(x.data()[i] - 3) == Approx(e[i]).margin(5e-7));
  }
  CHECK(e[0] + e[1] + e[2] == Approx(1.503215f).margin(1e-6));
  CHECK_THAT(softmax(x), IsTensor({3}, {0.090031f, 0.244728f, 0.665241f}, 0.0f,
                                  0.0000006f));
  CHECK(softmax(x).at({1}) / softmax(x).at({0}) == Approx(2.718f).margin(5e-4));
}

TEST_CASE("lesson 02: where exp leaves the range of a float") {
  CHECK(std::isfinite(std::exp(88.72f)));
  CHECK(std::exp(88.73f) == kInf);
  CHECK(std::exp(-200.0) == Approx(1e-87).epsilon(0.5));
  CHECK(std::exp(-200.0f) == 0.0f);
  CHECK(double{std::numeric_limits<float>::denorm_min()} < 2e-45);
  CHECK_THAT(softmax(Tensor{0, -200}), IsTensor({2}, {1, 0}));
  CHECK_THAT(log_softmax(Tensor{0, -200}), IsTensor({2}, {0, -200}));
}

TEST_CASE("lesson 02: the contract's numbers") {
  CHECK_THAT(sigmoid(Tensor{-80}), IsTensor({1}, {1.8e-35f}, 0.01f));
  CHECK_THAT(sigmoid(Tensor{-50}), IsTensor({1}, {1.92874985e-22f}, 1e-6f));
  CHECK(1.0f - sigmoid(Tensor{80}).at({0}) == 0.0f);
  CHECK(std::isnan(gelu(Tensor{-kInf}).at({0})));
  CHECK_THAT(softmax(Tensor{-kInf, 0}), IsTensor({2}, {0, 1}));
  CHECK(1.0f + 5e-8f == 1.0f);
  CHECK(7e12f * 7e12f * 7e12f == kInf);
  const Tensor x = Tensor::arange(-6, 6, 0.001f);
  for (const float v : x.to_vector()) {
    const double exact = 0.5 * v * (1 + std::erf(v / std::sqrt(2.0)));
    REQUIRE(std::fabs(gelu(Tensor{v}).at({0}) - exact) < 0.0005);
  }
}

TEST_CASE("lesson 02: how many numbers real networks activate") {
  // ResNet-50: the outputs of its convolutions, stage by stage.
  const std::int64_t image = 112 * 112 * 64 + 3 * 56 * 56 * (64 + 64 + 256) +
                             4 * 28 * 28 * (128 + 128 + 512) +
                             6 * 14 * 14 * (256 + 256 + 1024) +
                             3 * 7 * 7 * (512 + 512 + 2048);
  CHECK(image / 1'000'000 == 9);
  CHECK(image * 256 / 1'000'000'000 == 2);
  CHECK(4 * 12288 == 49152);
  CHECK(96 * 49152 / 100'000 == 47);
}

TEST_CASE("lesson 02: the messages of common errors") {
  const Tensor matrix{{1, 2}, {3, 4}};
  CHECK_THROWS_MATCHES(softmax(matrix, 2), IndexError,
                       Mentions({"softmax: axis 2 is out of range for a tensor "
                                 "of rank 2: use -2 to 1"}));
  CHECK_THROWS_MATCHES(
      normalize_axis("softmax", -1, 0), IndexError,
      Mentions({"softmax: axis -1 given, but a scalar has no axes"}));
  CHECK_THROWS_MATCHES(not_implemented("02.1", "relu"), NotImplemented,
                       Mentions({"NotImplemented: 02.1 relu"}));
}

TEST_CASE("lesson 02: answer 1 on the memory of a layer") {
  const Tensor x = Tensor::zeros({32, 4096});
  const std::int64_t before = memory_stats().live_bytes;
  const Tensor y = relu(x);
  CHECK(memory_stats().live_bytes - before == 524288);
  CHECK(524288 == 512 * 1024);
  CHECK(100 * 524288 == 52428800);
  CHECK(52428800 == 50 * 1024 * 1024);
}

TEST_CASE("lesson 02: answer 2 on subtracting the largest score") {
  CHECK(std::exp(1000.0f) == kInf);
  CHECK(std::exp(1000.0) == std::numeric_limits<double>::infinity());
  for (const float p : plain_softmax({1000, 1001, 1002})) CHECK(std::isnan(p));
  CHECK(allclose(softmax(Tensor{1000, 1001, 1002}), softmax(Tensor{1, 2, 3})));
}

TEST_CASE("lesson 02: answer 3 on the zeros of ReLU") {
  Generator generator(1);
  const Tensor y = relu(Tensor::randn({128, 1024}, generator));
  std::int64_t zeros = 0;
  for (const float v : y.to_vector()) zeros += v == 0.0f;
  CHECK(y.size() == 131072);
  CHECK(zeros == Approx(65536).epsilon(0.01));
}

TEST_CASE("lesson 02: answer 4 on sigmoid and softmax of two scores") {
  CHECK_THAT(sigmoid(Tensor{2}), IsTensor({1}, {0.880797f}, 0, 6e-7f));
  CHECK_THAT(softmax(Tensor{2, 0}),
             IsTensor({2}, {0.880797f, 0.119203f}, 0, 6e-7f));
  CHECK_THAT(sigmoid(Tensor{0}), IsTensor({1}, {0.5f}));
}

TEST_CASE("lesson 02: answer 5 on one score that rises") {
  const Tensor p = softmax(Tensor{{2, 1, 0}, {2, 1, 5}});
  CHECK(p.at({0, 0}) == Approx(0.665).margin(0.0005));
  CHECK(p.at({0, 1}) == Approx(0.245).margin(0.0005));
  CHECK(p.at({1, 0}) == Approx(0.047).margin(0.0005));
  CHECK(p.at({1, 1}) == Approx(0.017).margin(0.0005));
  CHECK(p.at({0, 0}) / p.at({0, 1}) == Approx(std::exp(1.0)).epsilon(1e-5));
  CHECK(p.at({1, 0}) / p.at({1, 1}) == Approx(std::exp(1.0)).epsilon(1e-5));
}

TEST_CASE("lesson 02: answer 6 on a sum in float") {
  const Tensor x = one_against_many();
  CHECK(std::exp(-16.8) == Approx(5.06e-8).epsilon(0.001));
  CHECK(65535 * std::exp(-16.8) == Approx(0.0033).margin(0.00005));
  CHECK(softmax(x).at({0}) == Approx(0.996697).margin(1e-6));
  float sum = 0;
  for (const float v : x.to_vector()) sum += std::exp(v);
  CHECK(sum == 1.0f);
}

TEST_CASE("lesson 02: answer 7 on negative outputs") {
  const Tensor x = Tensor::arange(-20, 20, 0.01f);
  const Tensor lowest = gelu(x);
  CHECK(lowest.min().item() == Approx(-0.17).margin(0.0005));
  CHECK(x.at({static_cast<std::int64_t>((-lowest).argmax().item())}) ==
        Approx(-0.75).margin(0.011));
  CHECK(tinytorch::tanh(x).min().item() == -1.0f);
  CHECK(relu(x).min().item() == 0.0f);
  CHECK(sigmoid(x).min().item() > 0.0f);
}
