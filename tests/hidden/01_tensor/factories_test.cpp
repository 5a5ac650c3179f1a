// Tensors out of nothing: constants, ranges, random numbers.
#include "support/tensors.hpp"

using test::IsTensor;
using test::kInf;
using test::kNaN;
using test::Mentions;
using test::shares_memory;
using test::values;
using tinytorch::Generator;
using tinytorch::Shape;
using tinytorch::ShapeError;
using tinytorch::Strides;
using tinytorch::Tensor;
using tinytorch::ValueError;

TEST_CASE("constant tensors may be scalars or empty", "[01.4][hidden]") {
  CHECK_THAT(Tensor::zeros({}), IsTensor({}, {0}));
  CHECK_THAT(Tensor::ones({}), IsTensor({}, {1}));
  CHECK_THAT(Tensor::zeros({0, 3}), IsTensor({0, 3}, {}));
  CHECK_THAT(Tensor::full({2, 0}, 4), IsTensor({2, 0}, {}));
  CHECK_THAT(Tensor::full({2}, kNaN), IsTensor({2}, {kNaN, kNaN}));
}

TEST_CASE("constant tensors share nothing and are in order", "[01.4][hidden]") {
  Tensor a = Tensor::zeros({2, 3});
  const Tensor b = Tensor::zeros({2, 3});
  CHECK_FALSE(shares_memory(a, b));
  CHECK(a.strides() == Strides{3, 1});
  a.mutable_data()[0] = 1.0f;
  CHECK_THAT(b, IsTensor({2, 3}, {0, 0, 0, 0, 0, 0}));
}

TEST_CASE("factories refuse negative extents", "[01.4][hidden]") {
  Generator generator(0);
  CHECK_THROWS_AS(Tensor::zeros({2, -1}), ShapeError);
  CHECK_THROWS_AS(Tensor::ones({-1}), ShapeError);
  CHECK_THROWS_AS(Tensor::full({-2, -3}, 1), ShapeError);
  CHECK_THROWS_AS(Tensor::eye(-1), ShapeError);
  CHECK_THROWS_AS(Tensor::eye(2, -2), ShapeError);
  CHECK_THROWS_AS(Tensor::randn({-1}, generator), ShapeError);
  CHECK_THROWS_AS(Tensor::uniform({-1}, 0, 1, generator), ShapeError);
}

TEST_CASE("arange does not drift over many steps", "[01.4][hidden]") {
  const Tensor x = Tensor::arange(0, 10000, 0.1f);
  REQUIRE(x.shape() == Shape{100000});
  // 99999 times the float nearest to 0.1, which is 0.100000001490116.
  // Adding up 0.1f step by step ends near 9998.
  CHECK(x.data()[99999] == Approx(9999.90015).epsilon(1e-7));
  CHECK(x.data()[50000] == Approx(5000.00007).epsilon(1e-7));
}

TEST_CASE("arange includes the last short step", "[01.4][hidden]") {
  CHECK_THAT(Tensor::arange(0, 1, 0.75f), IsTensor({2}, {0, 0.75f}));
  CHECK_THAT(Tensor::arange(0, 5, 10), IsTensor({1}, {0}));
  CHECK_THAT(Tensor::arange(5, 0, -2), IsTensor({3}, {5, 3, 1}));
  CHECK_THAT(Tensor::arange(1, -1, -0.5f), IsTensor({4}, {1, 0.5f, 0, -0.5f}));
  CHECK_THAT(Tensor::arange(-2, 2), IsTensor({4}, {-2, -1, 0, 1}));
}

TEST_CASE("arange is empty where stop cannot be reached", "[01.4][hidden]") {
  CHECK_THAT(Tensor::arange(3, 3), IsTensor({0}, {}));
  CHECK_THAT(Tensor::arange(0, 5, -1), IsTensor({0}, {}));
  CHECK_THAT(Tensor::arange(5, -1, 2), IsTensor({0}, {}));
}

TEST_CASE("arange refuses what is not a finite range", "[01.4][hidden]") {
  CHECK_THROWS_AS(Tensor::arange(0, 1, -0.0f), ValueError);
  CHECK_THROWS_AS(Tensor::arange(kNaN, 1), ValueError);
  CHECK_THROWS_AS(Tensor::arange(-kInf, 1), ValueError);
  CHECK_THROWS_AS(Tensor::arange(0, kNaN), ValueError);
  CHECK_THROWS_AS(Tensor::arange(0, 1, kNaN), ValueError);
  CHECK_THROWS_AS(Tensor::arange(0, 1, kInf), ValueError);
  CHECK_THROWS_MATCHES(Tensor::arange(0, kInf), ValueError,
                       Mentions({"arange", "inf"}));
}

TEST_CASE("arange refuses more elements than can be counted",
          "[01.4][hidden]") {
  CHECK_THROWS_MATCHES(Tensor::arange(0, 1e30f), ShapeError,
                       Mentions({"arange"}));
  INFO("2^63 is one more than fits into 64 bits; 2^62 fits but not in memory.");
  CHECK_THROWS_MATCHES(Tensor::arange(0, 0x1.0p63f), ShapeError,
                       Mentions({"arange"}));
  CHECK_THROWS_AS(Tensor::arange(0, 0x1.0p62f), tinytorch::MemoryError);
}

TEST_CASE("eye may be wide or tall or empty", "[01.4][hidden]") {
  CHECK_THAT(Tensor::eye(1), IsTensor({1, 1}, {1}));
  CHECK_THAT(Tensor::eye(0), IsTensor({0, 0}, {}));
  CHECK_THAT(Tensor::eye(2, 4), IsTensor({2, 4}, {1, 0, 0, 0, 0, 1, 0, 0}));
  CHECK_THAT(Tensor::eye(4, 2), IsTensor({4, 2}, {1, 0, 0, 1, 0, 0, 0, 0}));
  CHECK_THAT(Tensor::eye(3, 0), IsTensor({3, 0}, {}));
}

TEST_CASE("random factories draw exactly one number per element",
          "[01.4][hidden]") {
  Generator generator(3), same(3);
  Tensor::randn({2, 2}, generator);
  Tensor::randn({0, 5}, generator);
  for (int i = 0; i < 4; ++i) same.normal();
  CHECK(generator.state() == same.state());
  Tensor::uniform({3}, 0, 1, generator);
  for (int i = 0; i < 3; ++i) same.uniform();
  CHECK(generator.state() == same.state());
}

TEST_CASE("random factories use the global stream by default",
          "[01.4][hidden]") {
  tinytorch::manual_seed(5);
  Generator same(5);
  CHECK(Tensor::randn({1}).data()[0] == same.normal());
  CHECK(Tensor::uniform({1}).data()[0] == same.uniform());
  tinytorch::manual_seed(0);
}

TEST_CASE("uniform stretches the draws of its generator", "[01.4][hidden]") {
  Generator generator(9), same(9);
  const Tensor x = Tensor::uniform({2, 4}, -3, 5, generator);
  REQUIRE(x.shape() == Shape{2, 4});
  for (const float value : values(x)) {
    CHECK(value == Approx(-3.0f + 8.0f * same.uniform()).margin(1e-5));
  }
}

TEST_CASE("uniform never reaches its upper bound", "[01.4][hidden]") {
  Generator generator(1);
  const float next = std::nextafter(1.0f, 2.0f);
  INFO("Between 1 and the next float there is only 1 itself.");
  const Tensor x = Tensor::uniform({100}, 1, next, generator);
  CHECK_THAT(x, IsTensor({100}, std::vector<float>(100, 1.0f)));
  INFO("The interval [2, 2) is taken to mean 2.");
  CHECK_THAT(Tensor::uniform({2}, 2, 2, generator), IsTensor({2}, {2, 2}));
}

TEST_CASE("uniform spans the whole range of floats", "[01.4][hidden]") {
  Generator generator(1);
  int below = 0, finite = 0;
  for (const float v :
       values(Tensor::uniform({1000}, -3e38f, 3e38f, generator))) {
    finite += std::isfinite(v);
    below += v < 0.0f;
  }
  INFO("high - low is 6e38, more than a float can hold.");
  CHECK(finite == 1000);
  CHECK(below > 400);
  CHECK(below < 600);
}

TEST_CASE("uniform refuses bounds that are not finite", "[01.4][hidden]") {
  Generator generator(1);
  CHECK_THROWS_AS(Tensor::uniform({1}, kNaN, 1, generator), ValueError);
  CHECK_THROWS_AS(Tensor::uniform({1}, 0, kNaN, generator), ValueError);
  CHECK_THROWS_AS(Tensor::uniform({1}, 0, kInf, generator), ValueError);
  CHECK_THROWS_AS(Tensor::uniform({1}, -kInf, 0, generator), ValueError);
  CHECK_THROWS_AS(Tensor::uniform({1}, 1, 0.5f, generator), ValueError);
}
