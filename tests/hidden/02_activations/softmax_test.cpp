// Most inputs are logarithms of small whole numbers: exp undoes the logarithm,
// and the expected values are fractions known by hand. The others are
// PyTorch's, computed in float64.
#include <cmath>

#include "support/tensors.hpp"
#include "tinytorch/activations.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::kInf;
using test::kNaN;
using test::make;
using test::Mentions;
using test::scattered;
using test::values;

namespace {

std::vector<float> logs(std::vector<float> numbers) {
  for (float& number : numbers) number = std::log(number);
  return numbers;
}

/// log 1 to log 12 as a tensor of shape (2, 2, 3), not contiguous.
Tensor twelve() {
  return scattered({2, 2, 3}, logs({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
}

/// The softmax of twelve() along each of its dimensions: every number divided
/// by the sum of those that stand beside it along that dimension.
const std::vector<std::vector<float>> kTwelve = {
    {1 / 8.f, 2 / 10.f, 3 / 12.f, 4 / 14.f, 5 / 16.f, 6 / 18.f, 7 / 8.f,
     8 / 10.f, 9 / 12.f, 10 / 14.f, 11 / 16.f, 12 / 18.f},
    {1 / 5.f, 2 / 7.f, 3 / 9.f, 4 / 5.f, 5 / 7.f, 6 / 9.f, 7 / 17.f, 8 / 19.f,
     9 / 21.f, 10 / 17.f, 11 / 19.f, 12 / 21.f},
    {1 / 6.f, 2 / 6.f, 3 / 6.f, 4 / 15.f, 5 / 15.f, 6 / 15.f, 7 / 24.f,
     8 / 24.f, 9 / 24.f, 10 / 33.f, 11 / 33.f, 12 / 33.f}};

/// (2, 150): 0 above the logarithms of 1 to 150.
Tensor wide() {
  std::vector<float> x(300, 0.0f);
  for (std::size_t j = 0; j < 150; ++j) {
    x[150 + j] = std::log(static_cast<float>(j + 1));
  }
  return make({2, 150}, x);
}

/// Its softmax along dimension 0: 1 / (j + 2) above (j + 1) / (j + 2).
std::vector<float> wide_fractions() {
  std::vector<float> p(300);
  for (std::size_t j = 0; j < 150; ++j) {
    const float sum = static_cast<float>(j + 2);
    p[j] = 1.0f / sum;
    p[150 + j] = static_cast<float>(j + 1) / sum;
  }
  return p;
}

/// (3, n): in each row 0, apart from 1000 in its last place. Without the
/// maximum of the whole row exp overflows.
Tensor peaks(std::int64_t n) {
  std::vector<float> x(static_cast<std::size_t>(3 * n), 0.0f);
  for (std::int64_t i = 1; i <= 3; ++i) {
    x[static_cast<std::size_t>(i * n - 1)] = 1000.0f;
  }
  return make({3, n}, x);
}

/// (2, n): the logarithms of 1 to n, twice. Softmax along dimension 1 gives
/// j / (1 + 2 + ... + n).
Tensor counted(std::int64_t n) {
  std::vector<float> x;
  for (std::int64_t i = 0; i < 2 * n; ++i) {
    x.push_back(std::log(static_cast<float>(i % n + 1)));
  }
  return make({2, n}, x);
}

std::vector<float> counted_fractions(std::int64_t n) {
  std::vector<float> p;
  for (std::int64_t i = 0; i < 2 * n; ++i) {
    p.push_back(static_cast<float>(i % n + 1) /
                static_cast<float>(n * (n + 1) / 2));
  }
  return p;
}

/// One 0 and 65,535 times -16.8. exp(-16.8) is 5.06e-8: added to 1 in float it
/// changes nothing, yet all of them together are 0.0033.
Tensor one_against_many() {
  std::vector<float> x(65536, -16.8f);
  x[0] = 0.0f;
  return make({65536}, x);
}

/// 65,536 numbers between -4 and 4, and log(sum(exp)) of them in double.
std::vector<float> long_vector() {
  std::vector<float> x(65536);
  for (std::size_t i = 0; i < x.size(); ++i) {
    x[i] = 4.0f * std::sin(static_cast<float>(i));
  }
  return x;
}

double log_sum_exp(const std::vector<float>& x) {
  double sum = 0;
  for (const float v : x) sum += std::exp(static_cast<double>(v));
  return std::log(sum);
}

}  // namespace

TEST_CASE("Softmax along every dimension counted from either end",
          "[02.5][hidden]") {
  for (std::int64_t dim = 0; dim < 3; ++dim) {
    CAPTURE(dim);
    const auto& expected = kTwelve[static_cast<std::size_t>(dim)];
    CHECK_THAT(softmax(twelve(), dim), IsTensor({2, 2, 3}, expected, 1e-5f));
    CHECK_THAT(softmax(twelve(), dim - 3),
               IsTensor({2, 2, 3}, expected, 1e-5f));
  }
}

TEST_CASE("Softmax takes the last dimension unless told otherwise",
          "[02.5][hidden]") {
  CHECK_THAT(softmax(twelve()), IsTensor({2, 2, 3}, kTwelve[2], 1e-5f));
  Softmax layer;
  CHECK_THAT(layer(twelve()), IsTensor({2, 2, 3}, kTwelve[2], 1e-5f));
}

TEST_CASE("Softmax along dimension 0 of a wide matrix", "[02.5][hidden]") {
  CHECK_THAT(softmax(wide(), 0), IsTensor({2, 150}, wide_fractions(), 1e-5f));
}

// Faster loops take several numbers at a time and must not forget the rest.
TEST_CASE("Softmax of rows of every length", "[02.5][hidden]") {
  for (const std::int64_t n : {2, 7, 8, 15, 31, 32, 63, 64, 65, 150}) {
    INFO("rows of " << n);
    CHECK_THAT(softmax(counted(n)),
               IsTensor({2, n}, counted_fractions(n), 1e-5f));
    std::vector<float> last(static_cast<std::size_t>(3 * n), 0.0f);
    for (std::int64_t i = 1; i <= 3; ++i) {
      last[static_cast<std::size_t>(i * n - 1)] = 1.0f;
    }
    CHECK_THAT(softmax(peaks(n)), IsTensor({3, n}, last));
  }
}

TEST_CASE("Softmax along dimension 1 of a stack of wide matrices",
          "[02.5][hidden]") {
  std::vector<float> x = values(wide()), p = wide_fractions();
  x.insert(x.end(), x.begin(), x.begin() + 300);
  p.insert(p.end(), p.begin(), p.begin() + 300);
  CHECK_THAT(softmax(make({2, 2, 150}, x), 1), IsTensor({2, 2, 150}, p, 1e-5f));
}

TEST_CASE("Softmax subtracts the maximum of each row and not of the tensor",
          "[02.5][hidden]") {
  INFO("1000 in the first row must not push the second row to 0 / 0");
  CHECK_THAT(softmax(make({2, 2}, {1000, 1000, -1000, -1000})),
             IsTensor({2, 2}, {0.5f, 0.5f, 0.5f, 0.5f}, 1e-6f));
}

TEST_CASE("Softmax subtracts the maximum of each column along dimension 0",
          "[02.5][hidden]") {
  CHECK_THAT(softmax(make({2, 2}, {1000, -1000, 1000, -1000}), 0),
             IsTensor({2, 2}, {0.5f, 0.5f, 0.5f, 0.5f}, 1e-6f));
}

TEST_CASE("Softmax at the largest floats", "[02.5][hidden]") {
  CHECK_THAT(softmax(make({2, 2}, {3e38f, -3e38f, 1e30f, 1e30f})),
             IsTensor({2, 2}, {1, 0, 0.5f, 0.5f}, 1e-6f));
}

TEST_CASE("Softmax of negative infinity is zero beside finite numbers",
          "[02.5][hidden]") {
  INFO("this is how attention hides positions: -inf becomes exactly 0");
  CHECK_THAT(softmax(make({3}, {-kInf, 0, 0})),
             IsTensor({3}, {0, 0.5f, 0.5f}, 1e-6f));
}

TEST_CASE("Softmax of infinity or NaN or nothing but negative infinity is NaN",
          "[02.5][hidden]") {
  // Recorded from PyTorch. The last row shows that others are not affected.
  const Tensor x = make({5, 3}, {kInf, 0, 1, kInf, kInf, 0, kNaN, 0, 1, -kInf,
                                 -kInf, -kInf, 0, 0, -kInf});
  CHECK_THAT(softmax(x), IsTensor({5, 3},
                                  {kNaN, kNaN, kNaN, kNaN, kNaN, kNaN, kNaN,
                                   kNaN, kNaN, kNaN, kNaN, kNaN, 0.5f, 0.5f, 0},
                                  1e-6f));
}

TEST_CASE("Softmax finds NaN wherever it stands in a row", "[02.5][hidden]") {
  const std::vector<float> nan(9, kNaN);
  CHECK_THAT(softmax(make({3, 3}, {kNaN, 1, 2, 0, kNaN, 2, 0, 1, kNaN})),
             IsTensor({3, 3}, nan));
}

TEST_CASE("Softmax of a scalar is one", "[02.5][hidden]") {
  INFO("as in PyTorch, a scalar has the dimensions 0 and -1");
  CHECK_THAT(softmax(make({}, {7})), IsTensor({}, {1}));
  CHECK_THAT(softmax(make({}, {7}), 0), IsTensor({}, {1}));
  CHECK_THROWS_AS(softmax(make({}, {7}), 1), IndexError);
  CHECK_THROWS_AS(softmax(make({}, {7}), -2), IndexError);
}

TEST_CASE("Softmax along a dimension of one element is one", "[02.5][hidden]") {
  CHECK_THAT(softmax(make({3, 1}, {-500, 0, 500})),
             IsTensor({3, 1}, {1, 1, 1}));
  CHECK_THAT(softmax(make({1, 3}, {-500, 0, 500}), 0),
             IsTensor({1, 3}, {1, 1, 1}));
}

TEST_CASE("Softmax of a tensor without elements is empty", "[02.5][hidden]") {
  CHECK_THAT(softmax(make({0}, {})), IsTensor({0}, {}));
  CHECK_THAT(softmax(make({2, 0}, {}), 1), IsTensor({2, 0}, {}));
  CHECK_THAT(softmax(make({2, 0}, {}), 0), IsTensor({2, 0}, {}));
  CHECK_THAT(softmax(make({0, 3}, {}), -1), IsTensor({0, 3}, {}));
  INFO("a wrong dimension is wrong without elements too");
  CHECK_THROWS_AS(softmax(make({2, 0}, {}), 2), IndexError);
}

TEST_CASE("Softmax names itself and the dimension that does not exist",
          "[02.5][hidden]") {
  CHECK_THROWS_MATCHES(softmax(twelve(), 5), IndexError,
                       Mentions({"softmax", "5", "3"}));
  CHECK_THROWS_MATCHES(softmax(twelve(), -4), IndexError,
                       Mentions({"softmax", "-4", "3"}));
}

TEST_CASE("Softmax loses nothing when one large number meets many small ones",
          "[02.5][hidden]") {
  const std::vector<float> p = values(softmax(one_against_many()));
  INFO("in a float sum the small numbers vanish: add up in double");
  CHECK(p.front() == Approx(0.996697145).epsilon(1e-5));
  CHECK(p.back() == Approx(5.0398342e-08).epsilon(1e-5));
}

TEST_CASE("Softmax is accurate over 65536 numbers", "[02.5][hidden]") {
  const std::vector<float> x = long_vector();
  const double total = log_sum_exp(x);
  std::vector<float> expected(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    expected[i] = static_cast<float>(std::exp(x[i] - total));
  }
  CHECK_THAT(softmax(make({65536}, x)), IsTensor({65536}, expected, 1e-5f));
}

TEST_CASE("Softmax returns memory of its own and leaves its input alone",
          "[02.5][hidden]") {
  const Tensor x = make({2, 1}, {1, 1});
  Tensor p = softmax(x);
  CHECK(p.storage() != x.storage());
  p.mutable_data()[0] = -77.0f;
  CHECK_THAT(x, IsTensor({2, 1}, {1, 1}));
}

TEST_CASE("Log-softmax along every dimension counted from either end",
          "[02.6][hidden]") {
  for (std::int64_t dim = 0; dim < 3; ++dim) {
    CAPTURE(dim);
    const auto expected = logs(kTwelve[static_cast<std::size_t>(dim)]);
    CHECK_THAT(log_softmax(twelve(), dim),
               IsTensor({2, 2, 3}, expected, 1e-5f));
    CHECK_THAT(log_softmax(twelve(), dim - 3),
               IsTensor({2, 2, 3}, expected, 1e-5f));
  }
}

TEST_CASE("Log-softmax takes the last dimension unless told otherwise",
          "[02.6][hidden]") {
  CHECK_THAT(log_softmax(twelve()),
             IsTensor({2, 2, 3}, logs(kTwelve[2]), 1e-5f));
  LogSoftmax layer;
  CHECK_THAT(layer(twelve()), IsTensor({2, 2, 3}, logs(kTwelve[2]), 1e-5f));
}

TEST_CASE("Log-softmax along dimension 0 of a wide matrix", "[02.6][hidden]") {
  CHECK_THAT(log_softmax(wide(), 0),
             IsTensor({2, 150}, logs(wide_fractions()), 1e-5f));
}

TEST_CASE("Log-softmax of rows of every length", "[02.6][hidden]") {
  for (const std::int64_t n : {2, 7, 8, 15, 31, 32, 63, 64, 65, 150}) {
    INFO("rows of " << n);
    CHECK_THAT(log_softmax(counted(n)),
               IsTensor({2, n}, logs(counted_fractions(n)), 1e-5f));
    const float last = values(log_softmax(peaks(n))).back();
    CHECK(last == 0.0f);
  }
}

TEST_CASE("Log-softmax subtracts the maximum of each row and not of the tensor",
          "[02.6][hidden]") {
  const float half = std::log(0.5f);
  CHECK_THAT(log_softmax(make({2, 2}, {1000, 1000, -1000, -1000})),
             IsTensor({2, 2}, {half, half, half, half}, 1e-6f));
}

TEST_CASE("Log-softmax subtracts the maximum of each column along dimension 0",
          "[02.6][hidden]") {
  const float half = std::log(0.5f);
  CHECK_THAT(log_softmax(make({2, 2}, {1000, -1000, 1000, -1000}), 0),
             IsTensor({2, 2}, {half, half, half, half}, 1e-6f));
}

TEST_CASE("Log-softmax of a hopeless score is its distance to the best",
          "[02.6][hidden]") {
  INFO("softmax gives 0 here and its logarithm -inf; a loss needs the number");
  CHECK_THAT(log_softmax(make({3}, {500, -500, -3e38f})),
             IsTensor({3}, {0, -1000, -3e38f}, 1e-6f));
}

TEST_CASE("Log-softmax of negative infinity stays beside finite numbers",
          "[02.6][hidden]") {
  const float half = std::log(0.5f);
  CHECK_THAT(log_softmax(make({3}, {-kInf, 0, 0})),
             IsTensor({3}, {-kInf, half, half}, 1e-6f));
}

TEST_CASE("Log-softmax of infinity or NaN or only negative infinity is NaN",
          "[02.6][hidden]") {
  // Recorded from PyTorch. The last row shows that others are not affected.
  const float half = std::log(0.5f);
  const Tensor x = make({5, 3}, {kInf, 0, 1, kInf, kInf, 0, kNaN, 0, 1, -kInf,
                                 -kInf, -kInf, 0, 0, -kInf});
  CHECK_THAT(log_softmax(x),
             IsTensor({5, 3},
                      {kNaN, kNaN, kNaN, kNaN, kNaN, kNaN, kNaN, kNaN, kNaN,
                       kNaN, kNaN, kNaN, half, half, -kInf},
                      1e-6f));
}

TEST_CASE("Log-softmax of a scalar is zero", "[02.6][hidden]") {
  CHECK_THAT(log_softmax(make({}, {7})), IsTensor({}, {0}));
  CHECK_THAT(log_softmax(make({}, {7}), 0), IsTensor({}, {0}));
  CHECK_THROWS_AS(log_softmax(make({}, {7}), 1), IndexError);
  CHECK_THROWS_AS(log_softmax(make({}, {7}), -2), IndexError);
}

TEST_CASE("Log-softmax of a tensor without elements is empty",
          "[02.6][hidden]") {
  CHECK_THAT(log_softmax(make({0}, {})), IsTensor({0}, {}));
  CHECK_THAT(log_softmax(make({2, 0}, {}), 1), IsTensor({2, 0}, {}));
  CHECK_THAT(log_softmax(make({0, 3}, {}), -1), IsTensor({0, 3}, {}));
  INFO("a wrong dimension is wrong without elements too");
  CHECK_THROWS_AS(log_softmax(make({2, 0}, {}), 2), IndexError);
}

TEST_CASE("Log-softmax names itself and the dimension that does not exist",
          "[02.6][hidden]") {
  CHECK_THROWS_MATCHES(log_softmax(twelve(), 5), IndexError,
                       Mentions({"log_softmax", "5", "3"}));
  CHECK_THROWS_MATCHES(log_softmax(twelve(), -4), IndexError,
                       Mentions({"log_softmax", "-4", "3"}));
}

TEST_CASE("Log-softmax loses nothing when one large number meets many small",
          "[02.6][hidden]") {
  const std::vector<float> y = values(log_softmax(one_against_many()));
  INFO("in a float sum the small numbers vanish: add up in double");
  CHECK(y.front() == Approx(-0.00330832181).epsilon(1e-5));
  CHECK(y.back() == Approx(-16.8033076).epsilon(1e-5));
}

TEST_CASE("Log-softmax is accurate over 65536 numbers", "[02.6][hidden]") {
  const std::vector<float> x = long_vector();
  const double total = log_sum_exp(x);
  std::vector<float> expected(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    expected[i] = static_cast<float>(x[i] - total);
  }
  CHECK_THAT(log_softmax(make({65536}, x)), IsTensor({65536}, expected, 1e-5f));
}

TEST_CASE("Log-softmax returns memory of its own and leaves its input alone",
          "[02.6][hidden]") {
  const Tensor x = make({2, 1}, {0, 0});
  Tensor y = log_softmax(x);
  CHECK(y.storage() != x.storage());
  y.mutable_data()[0] = -77.0f;
  CHECK_THAT(x, IsTensor({2, 1}, {0, 0}));
}
