// Numbers as text, for the metadata of files.
#include "tinytorch/support/metadata.hpp"

#include <bit>
#include <cmath>
#include <limits>

#include "support/tensors.hpp"

using namespace tinytorch;
using test::Mentions;

TEST_CASE("metadata: numbers come back to the last bit") {
  const float least = std::numeric_limits<float>::denorm_min();
  const float most = std::numeric_limits<float>::max();
  const std::vector<float> floats = {0.1f, -0.0f, 1.0f / 3, least,
                                     most, -most, 1e-30f,   16777217.0f};
  CHECK(pack<float>({0.1f, 0.25f, 1e-30f}) == "0.1 0.25 1e-30");
  const auto again = unpack<float>({{"k", pack(floats)}}, "k");
  REQUIRE(again.size() == floats.size());
  for (std::size_t i = 0; i < floats.size(); ++i) {
    CHECK(again[i] == floats[i]);
    CHECK(std::signbit(again[i]) == std::signbit(floats[i]));
  }
  // Every float of some 2^16 that are spread over all exponents.
  for (std::uint32_t i = 0; i < 65536; ++i) {
    const float number = std::bit_cast<float>(i * 65537u);
    if (std::isnan(number)) continue;
    const float same = unpack_one<float>({{"k", pack<float>({number})}}, "k");
    REQUIRE(std::bit_cast<std::uint32_t>(same) == i * 65537u);
  }
  const auto not_numbers =
      unpack<float>({{"k", pack<float>({test::kInf, test::kNaN})}}, "k");
  CHECK(not_numbers[0] == test::kInf);
  CHECK(std::isnan(not_numbers[1]));

  const std::vector<std::uint64_t> words = {0, 9007199254740993,
                                            0xffffffffffffffff};
  CHECK(unpack<std::uint64_t>({{"k", pack(words)}}, "k") == words);
  const std::vector<std::int64_t> ends = {
      std::numeric_limits<std::int64_t>::min(),
      std::numeric_limits<std::int64_t>::max()};
  CHECK(unpack<std::int64_t>({{"k", pack(ends)}}, "k") == ends);
  CHECK(pack(std::vector<float>{}).empty());
  CHECK(unpack<float>({{"k", ""}}, "k").empty());
}

TEST_CASE("metadata: what are no numbers") {
  for (const char* text : {" ", "1 ", " 1", "1  2", "x", "1 x", "1x", "1,2",
                           "1\n2", "+1", "0x10", "99999999999999999999"}) {
    CAPTURE(text);
    CHECK_THROWS_MATCHES(unpack<std::int64_t>({{"key", text}}, "key"),
                         std::runtime_error, Mentions({"\"key\"", text}));
  }
  CHECK_THROWS_AS(unpack<std::uint64_t>({{"k", "-1"}}, "k"),
                  std::runtime_error);
  CHECK_THROWS_AS(unpack<std::int64_t>({{"k", "1.5"}}, "k"),
                  std::runtime_error);
  CHECK_THROWS_AS(unpack<float>({{"k", "1e99"}}, "k"), std::runtime_error);
  CHECK_THROWS_MATCHES(unpack<float>({}, "key"), std::runtime_error,
                       Mentions({"\"key\"", "missing"}));
  CHECK_THROWS_AS(unpack_one<float>({{"k", "1 2"}}, "k"), std::runtime_error);
  CHECK_THROWS_AS(unpack_one<float>({{"k", ""}}, "k"), std::runtime_error);
  CHECK(unpack_one<float>({{"k", "1"}}, "k") == 1.0f);
}
