// 05.12 An operation of your own: what a plausible mistake would get wrong.
#include "support/gradients.hpp"
#include "support/tensors.hpp"
#include "tinytorch/operations.hpp"

using namespace tinytorch;
using test::gradient_of;
using test::IsTensor;
using test::kInf;
using test::kNaN;
using test::make;
using test::scattered;
using test::Step;

namespace {

Step power(const Tensor& x, float exponent) {
  return {"pow", {x, make({}, {exponent})}, {}, {}, {true, false}};
}

}  // namespace

TEST_CASE("operations of your own know the ends of the numbers",
          "[05.12][hidden]") {
  CHECK_THAT(tinytorch::exp(make({4}, {-kInf, 100, kInf, kNaN})),
             IsTensor({4}, {0, kInf, kInf, kNaN}));
  CHECK_THAT(tinytorch::log(make({4}, {0, -1, kInf, kNaN})),
             IsTensor({4}, {-kInf, kNaN, kInf, kNaN}));
  CHECK_THAT(tinytorch::sqrt(make({3}, {-1, kInf, kNaN})),
             IsTensor({3}, {kNaN, kInf, kNaN}));
}

TEST_CASE("operations of your own take scattered memory by index",
          "[05.12][hidden]") {
  const Tensor x = scattered({2, 2}, {1, 4, 9, 16});
  CHECK_THAT(tinytorch::sqrt(x), IsTensor({2, 2}, {1, 2, 3, 4}, 1e-6f));
  CHECK_THAT(tinytorch::pow(x, 2), IsTensor({2, 2}, {1, 16, 81, 256}, 1e-6f));
  CHECK_THAT(tinytorch::log(x),
             IsTensor({2, 2}, {0, 1.3862944f, 2.1972246f, 2.7725887f}, 1e-6f));
  CHECK_THAT(tinytorch::exp(scattered({2, 2}, {0, 1, 2, -1})),
             IsTensor({2, 2}, {1, 2.7182817f, 7.389056f, 0.36787944f}, 1e-6f));
}

TEST_CASE("operations of your own accept scalars and empty tensors",
          "[05.12][hidden]") {
  const Tensor none = make({0, 2}, {});
  CHECK_THAT(tinytorch::exp(none), IsTensor({0, 2}, {}));
  CHECK_THAT(tinytorch::log(none), IsTensor({0, 2}, {}));
  CHECK_THAT(tinytorch::sqrt(none), IsTensor({0, 2}, {}));
  CHECK_THAT(tinytorch::pow(none, 3), IsTensor({0, 2}, {}));
  CHECK_THAT(tinytorch::pow(make({}, {3}), 2), IsTensor({}, {9}, 1e-6f));
}

TEST_CASE("pow is std::pow", "[05.12][hidden]") {
  // exp(exponent log x) would be NaN for negative numbers.
  CHECK_THAT(tinytorch::pow(make({4}, {-2, 0, 2, 5}), 3),
             IsTensor({4}, {-8, 0, 8, 125}, 1e-6f));
  CHECK_THAT(tinytorch::pow(make({3}, {-2, 0, 7}), 0),
             IsTensor({3}, {1, 1, 1}));
  CHECK_THAT(tinytorch::pow(make({3}, {-2, 0, 4}), -1),
             IsTensor({3}, {-0.5f, kInf, 0.25f}, 1e-6f));
  CHECK_THAT(tinytorch::pow(make({3}, {-1, 0, 9}), 0.5f),
             IsTensor({3}, {kNaN, 0, 3}, 1e-6f));
}

TEST_CASE("operations of your own leave their input alone", "[05.12][hidden]") {
  const Tensor x = make({2}, {1, 4});
  const auto version = x.storage()->version();
  CHECK_THAT(tinytorch::sqrt(x), IsTensor({2}, {1, 2}, 1e-6f));
  CHECK_FALSE(test::shares_memory(tinytorch::exp(x), x));
  CHECK_THAT(x, IsTensor({2}, {1, 4}));
  CHECK(x.storage()->version() == version);
}

TEST_CASE("the gradient of a power with exponent 2 and 0.5 and minus 1",
          "[05.12][hidden]") {
  const Tensor x = make({3}, {1, 4, 0.25f});
  const Tensor g = make({3}, {1, 10, 100});
  // 2 x; 0.5 / sqrt(x); -1 / x^2.
  CHECK_THAT(gradient_of(power(x, 2), g), IsTensor({3}, {2, 80, 50}, 1e-6f));
  CHECK_THAT(gradient_of(power(x, 0.5f), g),
             IsTensor({3}, {0.5f, 2.5f, 100}, 1e-6f));
  CHECK_THAT(gradient_of(power(x, -1), g),
             IsTensor({3}, {-1, -0.625f, -1600}, 1e-6f));
}

TEST_CASE("the gradient of a power with exponent 0 is 0 everywhere",
          "[05.12][hidden]") {
  // 0 * 0^-1 would be NaN at 0.
  const Tensor x = make({3}, {0, -2, 5});
  CHECK_THAT(gradient_of(power(x, 0), make({3}, {1, 2, 3})),
             IsTensor({3}, {0, 0, 0}));
}

TEST_CASE("the gradient of a power at 0 and below", "[05.12][hidden]") {
  const Tensor x = make({3}, {0, -2, 3});
  const Tensor g = make({3}, {1, 1, 1});
  CHECK_THAT(gradient_of(power(x, 1), g), IsTensor({3}, {1, 1, 1}));
  CHECK_THAT(gradient_of(power(x, 2), g), IsTensor({3}, {0, -4, 6}, 1e-6f));
  CHECK_THAT(gradient_of(power(x, 3), g), IsTensor({3}, {0, 12, 27}, 1e-6f));
}

TEST_CASE("rules of your own take scattered memory by index",
          "[05.12][hidden]") {
  const Tensor x = scattered({2, 2}, {1, 2, 4, 8});
  const Tensor g = scattered({2, 2}, {1, 10, 100, 1000});
  CHECK_THAT(gradient_of({"exp", {x}, x}, g),
             IsTensor({2, 2}, {1, 20, 400, 8000}, 1e-6f));
  CHECK_THAT(gradient_of({"log", {x}, x}, g),
             IsTensor({2, 2}, {1, 5, 25, 125}, 1e-6f));
  CHECK_THAT(gradient_of({"sqrt", {x}, x}, g),
             IsTensor({2, 2}, {0.5f, 2.5f, 12.5f, 62.5f}, 1e-6f));
  CHECK_THAT(gradient_of(power(x, 2), g),
             IsTensor({2, 2}, {2, 40, 800, 16000}, 1e-6f));
}

TEST_CASE("slopes at the edge are infinite and not wrong", "[05.12][hidden]") {
  const Tensor zero = make({1}, {0});
  const Tensor g = make({1}, {1});
  CHECK_THAT(gradient_of({"log", {zero}, zero}, g), IsTensor({1}, {kInf}));
  CHECK_THAT(gradient_of({"sqrt", {zero}, zero}, g), IsTensor({1}, {kInf}));
  CHECK_THAT(gradient_of(power(zero, 0.5f), g), IsTensor({1}, {kInf}));
}
