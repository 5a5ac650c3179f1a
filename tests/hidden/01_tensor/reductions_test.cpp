// Many numbers into few: sum, mean, max, min, argmax.
#include "support/tensors.hpp"

using test::counting;
using test::IsTensor;
using test::kInf;
using test::kNaN;
using test::make;
using test::Mentions;
using test::scattered;
using test::shares_memory;
using tinytorch::IndexError;
using tinytorch::ShapeError;
using tinytorch::Tensor;

// -- 01.12 Sum and mean -------------------------------------------------------

TEST_CASE("sum along each axis of three", "[01.12][hidden]") {
  // 0 1 2   6 7 8      (two blocks of two rows: 0-2, 3-5 and 6-8, 9-11)
  const Tensor x = make({2, 2, 3}, counting({2, 2, 3}));
  CHECK_THAT(x.sum(0), IsTensor({2, 3}, {6, 8, 10, 12, 14, 16}));
  CHECK_THAT(x.sum(1), IsTensor({2, 3}, {3, 5, 7, 15, 17, 19}));
  CHECK_THAT(x.sum(2), IsTensor({2, 2}, {3, 12, 21, 30}));
  CHECK_THAT(x.sum(-3), IsTensor({2, 3}, {6, 8, 10, 12, 14, 16}));
  CHECK_THAT(x.sum(-2), IsTensor({2, 3}, {3, 5, 7, 15, 17, 19}));
  CHECK_THAT(x.mean(1), IsTensor({2, 3}, {1.5f, 2.5f, 3.5f, 7.5f, 8.5f, 9.5f}));
  CHECK_THAT(x.mean(-1), IsTensor({2, 2}, {1, 4, 7, 10}));
}

TEST_CASE("keepdims keeps the rank with and without an axis",
          "[01.12][hidden]") {
  const Tensor x = make({2, 2, 3}, counting({2, 2, 3}));
  CHECK_THAT(x.sum({}, true), IsTensor({1, 1, 1}, {66}));
  CHECK_THAT(x.mean({}, true), IsTensor({1, 1, 1}, {5.5f}));
  CHECK_THAT(x.sum(1, true), IsTensor({2, 1, 3}, {3, 5, 7, 15, 17, 19}));
  CHECK_THAT(x.mean(-1, true), IsTensor({2, 2, 1}, {1, 4, 7, 10}));
}

TEST_CASE("sums read scattered tensors in order", "[01.12][hidden]") {
  const Tensor x = scattered({2, 3}, {1, 2, 3, 4, 5, 6});
  CHECK_THAT(x.sum(), IsTensor({}, {21}));
  CHECK_THAT(x.sum(0), IsTensor({3}, {5, 7, 9}));
  CHECK_THAT(x.sum(1), IsTensor({2}, {6, 15}));
  CHECK_THAT(x.mean(0), IsTensor({3}, {2.5f, 3.5f, 4.5f}));
  CHECK_THAT(x, IsTensor({2, 3}, {1, 2, 3, 4, 5, 6}));
}

TEST_CASE("sums begin and end where the tensor does", "[01.12][hidden]") {
  const Tensor whole = make({6}, {100, 1, 2, 3, 4, 200});
  const Tensor part = Tensor::view(whole.storage(), {2, 2}, {2, 1}, 1);
  CHECK_THAT(part.sum(), IsTensor({}, {10}));
  CHECK_THAT(part.sum(0), IsTensor({2}, {4, 6}));
  for (std::int64_t n = 1; n < 20; ++n) {
    CAPTURE(n);
    const float total = static_cast<float>(n * (n - 1) / 2);
    CHECK_THAT(make({n}, counting({n})).sum(), IsTensor({}, {total}));
    CHECK_THAT(make({1, n}, counting({n})).sum(1), IsTensor({1}, {total}));
  }
}

TEST_CASE("sums of scalars and single elements", "[01.12][hidden]") {
  CHECK_THAT(make({}, {5}).sum(), IsTensor({}, {5}));
  CHECK_THAT(make({}, {5}).mean({}, true), IsTensor({}, {5}));
  // As in PyTorch, a scalar has the axes 0 and -1.
  CHECK_THAT(make({}, {5}).sum(0), IsTensor({}, {5}));
  CHECK_THAT(make({}, {5}).mean(-1, true), IsTensor({}, {5}));
  const Tensor x = make({1, 3}, {1, 2, 3});
  const Tensor y = x.sum(0);
  CHECK_THAT(y, IsTensor({3}, {1, 2, 3}));
  INFO("Also a sum of one element is a tensor of its own.");
  CHECK_FALSE(shares_memory(y, x));
  CHECK_THAT(make({3, 1}, {1, 2, 3}).mean(1), IsTensor({3}, {1, 2, 3}));
}

TEST_CASE("sums of empty tensors along each axis", "[01.12][hidden]") {
  const Tensor none = make({0, 3}, {});
  CHECK_THAT(none.sum(0), IsTensor({3}, {0, 0, 0}));
  CHECK_THAT(none.sum(1), IsTensor({0}, {}));
  CHECK_THAT(none.mean(0), IsTensor({3}, {kNaN, kNaN, kNaN}));
  CHECK_THAT(none.mean(1, true), IsTensor({0, 1}, {}));
  CHECK_THAT(make({2, 0}, {}).sum(1), IsTensor({2}, {0, 0}));
  CHECK_THAT(none.sum({}, true), IsTensor({1, 1}, {0}));
  INFO("No elements, no matter how large the other extents are.");
  const std::int64_t huge = std::int64_t{1} << 40;
  CHECK_THAT(make({0, 2, huge}, {}).sum(1), IsTensor({0, huge}, {}));
}

TEST_CASE("NaN and infinity stay in their own sum", "[01.12][hidden]") {
  const Tensor x = make({3, 2}, {kNaN, 1, kInf, 2, kInf, -kInf});
  CHECK_THAT(x.sum(1), IsTensor({3}, {kNaN, kInf, kNaN}));
  CHECK_THAT(x.sum(0), IsTensor({2}, {kNaN, -kInf}));
  CHECK_THAT(x.mean(1), IsTensor({3}, {kNaN, kInf, kNaN}));
}

TEST_CASE("long sums along every axis keep their digits", "[01.12][hidden]") {
  const std::vector<float> tenths(200000, 0.1f);
  const Tensor rows = make({2, 100000}, tenths);
  CHECK_THAT(rows.sum(1), IsTensor({2}, {10000, 10000}, 1e-6f));
  CHECK_THAT(rows.mean(1), IsTensor({2}, {0.1f, 0.1f}, 1e-6f));
  const Tensor columns = make({100000, 2}, tenths);
  CHECK_THAT(columns.sum(0), IsTensor({2}, {10000, 10000}, 1e-6f));
  CHECK_THAT(columns.mean(0), IsTensor({2}, {0.1f, 0.1f}, 1e-6f));
}

TEST_CASE("sums refuse any axis beyond the rank", "[01.12][hidden]") {
  const Tensor x = make({2, 3}, counting({2, 3}));
  CHECK_THROWS_AS(x.sum(-3), IndexError);
  CHECK_THROWS_AS(x.mean(2), IndexError);
  CHECK_THROWS_MATCHES(make({}, {1}).sum(1), IndexError, Mentions({"sum"}));
  CHECK_THROWS_AS(make({}, {1}).mean(-2), IndexError);
}

// -- 01.13 Maximum and minimum ------------------------------------------------

TEST_CASE("extremes along each axis of three", "[01.13][hidden]") {
  const Tensor x = make({2, 2, 2}, {3, 8, 5, 1, 7, 2, 4, 6});
  CHECK_THAT(x.max(0), IsTensor({2, 2}, {7, 8, 5, 6}));
  CHECK_THAT(x.max(1), IsTensor({2, 2}, {5, 8, 7, 6}));
  CHECK_THAT(x.max(-1), IsTensor({2, 2}, {8, 5, 7, 6}));
  CHECK_THAT(x.min(0), IsTensor({2, 2}, {3, 2, 4, 1}));
  CHECK_THAT(x.min(-2), IsTensor({2, 2}, {3, 1, 4, 2}));
  CHECK_THAT(x.min(2), IsTensor({2, 2}, {3, 1, 2, 4}));
  CHECK_THAT(x.argmax(0), IsTensor({2, 2}, {1, 0, 0, 1}));
  CHECK_THAT(x.argmax(1), IsTensor({2, 2}, {1, 0, 0, 1}));
  CHECK_THAT(x.argmax(-1), IsTensor({2, 2}, {1, 0, 0, 1}));
}

TEST_CASE("extremes of numbers all on one side of zero", "[01.13][hidden]") {
  CHECK_THAT(make({3}, {-5, -2, -9}).max(), IsTensor({}, {-2}));
  CHECK_THAT(make({3}, {5, 2, 9}).min(), IsTensor({}, {2}));
  CHECK_THAT(make({2}, {-kInf, -kInf}).max(), IsTensor({}, {-kInf}));
  CHECK_THAT(make({2}, {kInf, kInf}).min(), IsTensor({}, {kInf}));
  CHECK_THAT(make({2}, {-kInf, -kInf}).argmax(), IsTensor({}, {0}));
  CHECK_THAT(make({2}, {-1e-45f, -1}).max(), IsTensor({}, {-1e-45f}));
}

TEST_CASE("extremes with keepdims keep the rank", "[01.13][hidden]") {
  const Tensor x = make({2, 3}, {3, 1, 2, -4, 6, 5});
  CHECK_THAT(x.max(0, true), IsTensor({1, 3}, {3, 6, 5}));
  CHECK_THAT(x.max({}, true), IsTensor({1, 1}, {6}));
  CHECK_THAT(x.min(-1, true), IsTensor({2, 1}, {1, -4}));
  CHECK_THAT(x.min({}, true), IsTensor({1, 1}, {-4}));
  CHECK_THAT(x.argmax(1, true), IsTensor({2, 1}, {0, 1}));
  CHECK_THAT(x.argmax({}, true), IsTensor({1, 1}, {4}));
}

TEST_CASE("extremes read scattered tensors in order", "[01.13][hidden]") {
  const Tensor x = scattered({2, 3}, {3, 1, 2, -4, 6, 5});
  CHECK_THAT(x.max(0), IsTensor({3}, {3, 6, 5}));
  CHECK_THAT(x.min(1), IsTensor({2}, {1, -4}));
  CHECK_THAT(x.argmax(1), IsTensor({2}, {0, 1}));
  INFO("The position counts elements, not places in memory.");
  CHECK_THAT(x.argmax(), IsTensor({}, {4}));
  CHECK_THAT(x.min(), IsTensor({}, {-4}));
}

TEST_CASE("equal elements give the first position", "[01.13][hidden]") {
  const Tensor x = make({3, 2}, {1, 4, 9, 4, 9, 4});
  CHECK_THAT(x.argmax(0), IsTensor({2}, {1, 0}));
  CHECK_THAT(x.argmax(), IsTensor({}, {2}));
  INFO("-0 and 0 are equal.");
  CHECK_THAT(make({2}, {-0.0f, 0.0f}).argmax(), IsTensor({}, {0}));
}

TEST_CASE("NaN wins wherever it stands", "[01.13][hidden]") {
  const Tensor x = make({3, 3}, {kNaN, 5, kInf,  //
                                 5, kNaN, 1,     //
                                 1, kInf, kNaN});
  CHECK_THAT(x.max(1), IsTensor({3}, {kNaN, kNaN, kNaN}));
  CHECK_THAT(x.min(1), IsTensor({3}, {kNaN, kNaN, kNaN}));
  CHECK_THAT(x.argmax(1), IsTensor({3}, {0, 1, 2}));
  CHECK_THAT(x.argmax(0), IsTensor({3}, {0, 1, 2}));
  INFO("The first of several NaN.");
  CHECK_THAT(make({4}, {1, kNaN, kNaN, 9}).argmax(), IsTensor({}, {1}));
  CHECK_THAT(make({2, 2}, {1, 2, kNaN, 0}).max(1), IsTensor({2}, {2, kNaN}));
}

TEST_CASE("extremes over nothing are refused where one is needed",
          "[01.13][hidden]") {
  const Tensor none = make({0, 3}, {});
  CHECK_THROWS_MATCHES(none.max(0), ShapeError, Mentions({"max", "(0, 3)"}));
  CHECK_THROWS_MATCHES(none.min(0), ShapeError, Mentions({"min", "(0, 3)"}));
  CHECK_THROWS_MATCHES(none.argmax(0), ShapeError,
                       Mentions({"argmax", "(0, 3)"}));
  CHECK_THROWS_AS(none.max(), ShapeError);
  CHECK_THROWS_AS(none.argmax({}, true), ShapeError);
  INFO("Three elements each for none of them: an empty result, no error.");
  CHECK_THAT(none.max(1), IsTensor({0}, {}));
  CHECK_THAT(none.min(-1, true), IsTensor({0, 1}, {}));
  CHECK_THAT(none.argmax(1), IsTensor({0}, {}));
  CHECK_THAT(make({3, 0}, {}).max(0), IsTensor({0}, {}));
  const std::int64_t huge = std::int64_t{1} << 40;
  CHECK_THAT(make({0, 2, huge}, {}).max(1), IsTensor({0, huge}, {}));
  INFO("An axis without elements is refused even then, as in PyTorch.");
  CHECK_THROWS_AS(make({0, 0}, {}).min(0), ShapeError);
}

TEST_CASE("extremes of single elements and scalars", "[01.13][hidden]") {
  CHECK_THAT(make({}, {5}).max(), IsTensor({}, {5}));
  CHECK_THAT(make({}, {5}).argmax(), IsTensor({}, {0}));
  CHECK_THAT(make({}, {5}).max(-1), IsTensor({}, {5}));
  CHECK_THAT(make({}, {5}).argmax(0, true), IsTensor({}, {0}));
  const Tensor x = make({2, 1}, {4, 3});
  CHECK_THAT(x.min(1), IsTensor({2}, {4, 3}));
  CHECK_THAT(x.argmax(1), IsTensor({2}, {0, 0}));
  CHECK_FALSE(shares_memory(x.max(1), x));
}

TEST_CASE("extremes refuse any axis beyond the rank", "[01.13][hidden]") {
  const Tensor x = make({2, 3}, counting({2, 3}));
  CHECK_THROWS_MATCHES(x.max(2), IndexError, Mentions({"max", "2"}));
  CHECK_THROWS_MATCHES(x.min(-3), IndexError, Mentions({"min", "-3"}));
  CHECK_THROWS_MATCHES(x.argmax(2), IndexError, Mentions({"argmax"}));
  CHECK_THROWS_AS(make({}, {1}).max(1), IndexError);
}
