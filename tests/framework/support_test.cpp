// The support code: random numbers, memory, braces, views by hand, printing.
#include <bit>
#include <sstream>

#include "support/tensors.hpp"

using test::counting;
using test::IsTensor;
using test::kInf;
using test::kNaN;
using test::make;
using test::Mentions;
using test::scattered;
using test::shares_memory;
using tinytorch::Generator;
using tinytorch::IndexError;
using tinytorch::memory_stats;
using tinytorch::MemoryError;
using tinytorch::NestedList;
using tinytorch::normalize_axis;
using tinytorch::reset_memory_stats;
using tinytorch::Shape;
using tinytorch::ShapeError;
using tinytorch::Storage;
using tinytorch::Strides;
using tinytorch::Tensor;
using tinytorch::to_string;
using tinytorch::ValueError;

// -- Generator ----------------------------------------------------------------
//
// The expected numbers come from a Python program written from the papers, with
// Python's integers and math module.

TEST_CASE("the generator is xoshiro256** as published") {
  Generator generator;
  generator.set_state({1, 2, 3, 4});
  // The test vector that other implementations use.
  CHECK(generator.next() == 11520u);
  CHECK(generator.next() == 0u);
  CHECK(generator.next() == 1509978240u);
  CHECK(generator.next() == 1215971899390074240u);
}

TEST_CASE("a seed becomes a state through SplitMix64") {
  const Generator::State zero{0xe220a8397b1dcdaf, 0x6e789e6aa1b965f4,
                              0x06c45d188009454f, 0xf88bb8a8724c81ec};
  CHECK(Generator(0).state() == zero);
  CHECK(Generator().state() == zero);
  const Generator::State most{0xe4d971771b652c20, 0xe99ff867dbf682c9,
                              0x382ff84cb27281e9, 0x6d1db36ccba982d2};
  CHECK(Generator(0xffffffffffffffff).state() == most);
}

TEST_CASE("a hundred thousand draws follow the reference stream") {
  Generator generator(7);
  std::uint64_t check = 0;
  for (int i = 0; i < 100000; ++i) {
    check = std::rotl(check, 1) ^ generator.next();
  }
  CHECK(check == 0xb80576e8710bed77);
}

TEST_CASE("uniform numbers are the upper 24 bits") {
  Generator generator(42);
  for (const float bits : {1406987.0f, 6358233.0f, 11409235.0f, 15513773.0f}) {
    CHECK(generator.uniform() == bits / 16777216.0f);
  }
}

TEST_CASE("normal numbers are the same everywhere") {
  Generator generator(42);
  CHECK(generator.normal() == -0.3032630681991577f);
  CHECK(generator.normal() == 1.3438117504119873f);
  CHECK(generator.normal() == 0.3834618031978607f);
  CHECK(generator.normal() == 0.9369624257087708f);
}

TEST_CASE("a stream can be saved and continued") {
  Generator generator(1);
  generator.normal();
  Generator copy(99);
  copy.set_state(generator.state());
  for (int i = 0; i < 10; ++i) CHECK(copy.next() == generator.next());
  generator.seed(1);
  CHECK(generator.state() == Generator(1).state());
}

TEST_CASE("a state of zeros is refused: it would never change") {
  Generator generator(1);
  CHECK_THROWS_MATCHES(generator.set_state({0, 0, 0, 0}), ValueError,
                       Mentions({"set_state", "state()"}));
  CHECK(generator.state() == Generator(1).state());
}

TEST_CASE("below draws every number equally often") {
  Generator generator(5);
  std::vector<int> counts(6);
  for (int i = 0; i < 60000; ++i) ++counts.at(generator.below(6));
  // The standard deviation of each count is about 91.
  for (const int count : counts) CHECK(std::abs(count - 10000) < 500);
}

TEST_CASE("below rejects the draws that would bias it") {
  Generator generator(0);
  // Bound 2^63 + 1: of the first six draws, two lie under the threshold.
  const std::uint64_t bound = (std::uint64_t{1} << 63) + 1;
  CHECK(generator.below(bound) == 1867972634398290611u);
  CHECK(generator.below(bound) == 4570625273314559273u);
  CHECK(generator.below(bound) == 4298031953262947928u);
  CHECK(generator.below(bound) == 9218731504441215689u);
  Generator same(0);
  for (int i = 0; i < 6; ++i) same.next();
  CHECK(generator.state() == same.state());
}

TEST_CASE("below knows its smallest bounds") {
  Generator generator(0);
  for (int i = 0; i < 10; ++i) CHECK(generator.below(1) == 0u);
  CHECK_THROWS_MATCHES(generator.below(0), ValueError, Mentions({"below"}));
}

TEST_CASE("manual_seed restarts the default stream") {
  tinytorch::manual_seed(3);
  const std::uint64_t first = tinytorch::default_generator().next();
  CHECK(first == Generator(3).next());
  tinytorch::manual_seed(0);
}

// -- Storage ------------------------------------------------------------------

TEST_CASE("memory is counted when it comes and goes") {
  reset_memory_stats();
  const auto before = memory_stats();
  {
    const Storage big(1000);
    CHECK(memory_stats().live_bytes == before.live_bytes + 4000);
    const Storage small(10);
    CHECK(memory_stats().peak_bytes == before.live_bytes + 4040);
  }
  CHECK(memory_stats().live_bytes == before.live_bytes);
  CHECK(memory_stats().peak_bytes == before.live_bytes + 4040);
  CHECK(memory_stats().allocations == 2);
  reset_memory_stats();
  CHECK(memory_stats().peak_bytes == before.live_bytes);
  CHECK(memory_stats().allocations == 0);
}

TEST_CASE("storage is aligned to a cache line") {
  for (const std::int64_t size : {0, 1, 17}) {
    const Storage storage(size);
    CHECK(storage.size() == size);
    CHECK(reinterpret_cast<std::uintptr_t>(storage.data()) % 64 == 0);
  }
}

TEST_CASE("storage counts how often it was opened for writing") {
  Tensor x = make({2}, {1, 2});
  const std::uint64_t version = x.storage()->version();
  CHECK(x.data()[0] == 1.0f);
  CHECK(x.storage()->version() == version);
  x.mutable_data();
  CHECK(x.storage()->version() == version + 1);
}

TEST_CASE("storage of an impossible size is refused") {
  CHECK_THROWS_MATCHES(Storage(std::int64_t{1} << 62), MemoryError,
                       Mentions({"4611686018427387904"}));
  CHECK_THROWS_AS(Storage(-1), MemoryError);
}

// -- Braces -------------------------------------------------------------------

TEST_CASE("braces of any depth become a shape") {
  CHECK((Tensor{1, 2, 3}.shape()) == Shape{3});
  CHECK((Tensor{1}.shape()) == Shape{1});
  CHECK((Tensor{{1, 2}}.shape()) == Shape{1, 2});
  CHECK((Tensor{{1}, {2}}.shape()) == Shape{2, 1});
  CHECK((Tensor{{{1, 2}}}.shape()) == Shape{1, 1, 2});
  CHECK((Tensor{{{1}, {2}}, {{3}, {4}}}.shape()) == Shape{2, 2, 1});
  CHECK((Tensor{{{{1, 2, 3}}}}.shape()) == Shape{1, 1, 1, 3});
  CHECK((Tensor{{}, {}}.shape()) == Shape{2, 0});
}

TEST_CASE("braces take numbers of every kind") {
  const double half = 0.5;
  const std::int64_t big = 1 << 20;
  CHECK_THAT((Tensor{1, 2.5f, half, big, true}),
             IsTensor({5}, {1, 2.5f, 0.5f, 1048576, 1}));
}

TEST_CASE("a number alone is a scalar and no braces are empty") {
  CHECK_THAT(Tensor(3.5f), IsTensor({}, {3.5f}));
  CHECK_THAT(Tensor(), IsTensor({0}, {}));
  CHECK_THAT(Tensor{}, IsTensor({0}, {}));
}

TEST_CASE("rows of different lengths are refused") {
  CHECK_THROWS_MATCHES((Tensor{{1, 2}, {3}}), ShapeError,
                       Mentions({"rows", "(2,)", "(1,)"}));
  CHECK_THROWS_AS((Tensor{1, {2, 3}}), ShapeError);
  CHECK_THROWS_AS((Tensor{{{1}, {2}}, {{3, 4}}}), ShapeError);
  CHECK_THROWS_AS((Tensor{{1}, {}}), ShapeError);
}

// -- Shapes and views by hand -------------------------------------------------

TEST_CASE("shapes print as in Python") {
  CHECK(to_string(Shape{}) == "()");
  CHECK(to_string(Shape{3}) == "(3,)");
  CHECK(to_string(Shape{2, -1, 0}) == "(2, -1, 0)");
}

TEST_CASE("axes count from both ends") {
  CHECK(normalize_axis("sum", 0, 3) == 0);
  CHECK(normalize_axis("sum", 2, 3) == 2);
  CHECK(normalize_axis("sum", -1, 3) == 2);
  CHECK(normalize_axis("sum", -3, 3) == 0);
  CHECK_THROWS_MATCHES(normalize_axis("sum", 3, 3), IndexError,
                       Mentions({"sum", "3", "-3 to 2"}));
  CHECK_THROWS_AS(normalize_axis("sum", -4, 3), IndexError);
  CHECK_THROWS_MATCHES(normalize_axis("max", 0, 0), IndexError,
                       Mentions({"max", "scalar"}));
}

TEST_CASE("views stay inside their storage") {
  const Tensor x = make({6}, counting({6}));
  const auto view = [&x](const Shape& shape, const Strides& strides,
                         std::int64_t offset) {
    return Tensor::view(x.storage(), shape, strides, offset);
  };
  CHECK_THAT(view({2, 2}, {3, 1}, 1), IsTensor({2, 2}, {1, 2, 4, 5}));
  CHECK_THAT(view({3}, {-2}, 5), IsTensor({3}, {5, 3, 1}));
  CHECK_THAT(view({0}, {1}, 99), IsTensor({0}, {}));
  CHECK_THROWS_MATCHES(view({2, 2}, {3, 1}, 3), ShapeError,
                       Mentions({"view", "(2, 2)", "(3, 1)", "3", "6"}));
  CHECK_THROWS_AS(view({1}, {1}, 6), ShapeError);
  CHECK_THROWS_AS(view({1}, {1}, -1), ShapeError);
  CHECK_THROWS_AS(view({3}, {-2}, 3), ShapeError);
  CHECK_THROWS_AS(view({7}, {1}, 0), ShapeError);
}

TEST_CASE("views refuse strides that overflow or do not match") {
  const Tensor x = make({6}, counting({6}));
  const std::int64_t huge = std::int64_t{1} << 62;
  CHECK_THROWS_AS(Tensor::view(x.storage(), {5, 1}, {huge, 1}, 0), ShapeError);
  CHECK_THROWS_AS(Tensor::view(x.storage(), {3, 3}, {huge, huge}, 0),
                  ShapeError);
  CHECK_THROWS_MATCHES(Tensor::view(x.storage(), {2, 3}, {1}, 0), ShapeError,
                       Mentions({"view", "(2, 3)", "(1,)"}));
  CHECK_THROWS_MATCHES(Tensor::view(nullptr, {1}, {1}, 0), ValueError,
                       Mentions({"view", "null"}));
}

TEST_CASE("a tensor is a handle") {
  reset_memory_stats();
  Tensor a = make({2}, {1, 2});
  const Tensor b = a;
  const Tensor none;
  CHECK(memory_stats().allocations == 1);
  a.mutable_data()[0] = 10.0f;
  CHECK_THAT(b, IsTensor({2}, {10, 2}));
  a.set_requires_grad();
  CHECK(b.requires_grad());
}

TEST_CASE("marking one empty tensor marks no other") {
  Tensor a;
  a.set_requires_grad();
  CHECK(a.requires_grad());
  CHECK_FALSE(Tensor().requires_grad());
  CHECK_FALSE(a.set_requires_grad(false).requires_grad());
}

TEST_CASE("extents are read from both ends") {
  const Tensor x = make({2, 3}, counting({2, 3}));
  CHECK(x.size(0) == 2);
  CHECK(x.size(-1) == 3);
  CHECK(x.rank() == 2);
  CHECK_THROWS_AS(x.size(2), IndexError);
}

TEST_CASE("to_vector reads row by row") {
  const std::vector<float> numbers{1, 2, 3, 4, 5, 6};
  CHECK(make({2, 3}, numbers).to_vector() == numbers);
  CHECK(scattered({2, 3}, numbers).to_vector() == numbers);
  CHECK(Tensor().to_vector().empty());
}

// -- Errors -------------------------------------------------------------------

TEST_CASE("what is not written yet says so") {
  CHECK_THROWS_MATCHES(
      tinytorch::not_implemented("01.6", "reshape", 1, Shape{2}),
      tinytorch::NotImplemented, Mentions({"NotImplemented: 01.6 reshape"}));
}

TEST_CASE("errors derive from the standard ones") {
  CHECK_THROWS_AS(throw ShapeError("x"), std::invalid_argument);
  CHECK_THROWS_AS(throw ShapeError("x"), ValueError);
  CHECK_THROWS_AS(throw IndexError("x"), std::out_of_range);
}

// -- Printing -----------------------------------------------------------------

TEST_CASE("small tensors print completely") {
  CHECK(to_string(Tensor(7.5f)) == "Tensor(7.5, shape=())");
  CHECK(to_string(Tensor{1, 2}) == "Tensor([1, 2], shape=(2,))");
  CHECK(to_string(Tensor{{1, 2}, {3, 4}}) ==
        "Tensor([[1, 2],\n"
        "        [3, 4]], shape=(2, 2))");
  CHECK(to_string(Tensor{{{1}, {2}}, {{3}, {4}}}) ==
        "Tensor([[[1],\n"
        "         [2]],\n"
        "        [[3],\n"
        "         [4]]], shape=(2, 2, 1))");
}

TEST_CASE("scattered and empty tensors print too") {
  CHECK(to_string(scattered({2, 2}, {1, 2, 3, 4})) ==
        "Tensor([[1, 2],\n"
        "        [3, 4]], shape=(2, 2))");
  CHECK(to_string(Tensor()) == "Tensor([], shape=(0,))");
  CHECK(to_string(make({3, 0}, {})) == "Tensor([], shape=(3, 0))");
}

TEST_CASE("numbers print short and NaN without a sign") {
  const Tensor x = make({6}, {kInf, -kInf, kNaN, -kNaN, 0.1f, 1e-10f});
  CHECK(to_string(x) ==
        "Tensor([inf, -inf, nan, nan, 0.1, 1e-10], shape=(6,))");
}

TEST_CASE("large tensors show their edges") {
  CHECK(to_string(make({1001}, counting({1001}))) ==
        "Tensor([0, 1, 2, ..., 998, 999, 1000], shape=(1001,))");
  CHECK(to_string(make({1000}, counting({1000}))).find("...") ==
        std::string::npos);
  CHECK(to_string(make({7, 200}, counting({7, 200}))) ==
        "Tensor([[0, 1, 2, ..., 197, 198, 199],\n"
        "        [200, 201, 202, ..., 397, 398, 399],\n"
        "        [400, 401, 402, ..., 597, 598, 599],\n"
        "        ...,\n"
        "        [800, 801, 802, ..., 997, 998, 999],\n"
        "        [1000, 1001, 1002, ..., 1197, 1198, 1199],\n"
        "        [1200, 1201, 1202, ..., 1397, 1398, 1399]], "
        "shape=(7, 200))");
}

TEST_CASE("dimensions of up to six stay whole in large tensors") {
  const std::string text = to_string(make({1000, 6}, counting({1000, 6})));
  CHECK(text.find("[0, 1, 2, 3, 4, 5]") != std::string::npos);
  CHECK(text.find("[5994, 5995, 5996, 5997, 5998, 5999]") != std::string::npos);
}

TEST_CASE("streams print what to_string says") {
  std::ostringstream out;
  out << Tensor{1, 2};
  CHECK(out.str() == "Tensor([1, 2], shape=(2,))");
}
