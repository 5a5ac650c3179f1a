// fast_exp next to std::exp in double.
#include "tinytorch/support/exponential.hpp"

#include <bit>
#include <cmath>
#include <cstdint>

#include "support/tensors.hpp"

using test::kInf;
using test::kNaN;
using tinytorch::fast_exp;

TEST_CASE("fast_exp is close to exp for floats of every size") {
  double worst = 0.0;
  for (std::uint64_t bits = 0; bits < (std::uint64_t{1} << 32); bits += 4099) {
    const float x = std::bit_cast<float>(static_cast<std::uint32_t>(bits));
    if (std::isnan(x) || x < -87.0f || x > 88.72f) continue;
    const double exact = std::exp(static_cast<double>(x));
    worst = std::max(worst, std::fabs(fast_exp(x) - exact) / exact);
  }
  CHECK(worst < 2e-7);
}

TEST_CASE("fast_exp at its ends") {
  CHECK(fast_exp(kInf) == kInf);
  CHECK(fast_exp(89.0f) == kInf);
  CHECK(fast_exp(3e38f) == kInf);
  CHECK(fast_exp(-kInf) == 0.0f);
  CHECK(fast_exp(-1000.0f) == 0.0f);
  CHECK(std::isnan(fast_exp(kNaN)));
  CHECK(fast_exp(0.0f) == 1.0f);
  CHECK(fast_exp(-0.0f) == 1.0f);
  // Below 2^-126 floats lose digits, but not at once.
  CHECK(std::fabs(fast_exp(-100.0f) - std::exp(-100.0f)) <= 3e-45f);
}
