#include "tinytorch/support/cifar.hpp"

#include <stdexcept>

#include "support/temporary_folder.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::Mentions;
using test::TemporaryFolder;

using Bytes = std::vector<std::uint8_t>;

namespace {

/// A record whose red, green and blue planes begin with these pixels.
Bytes record(std::uint8_t label, std::uint8_t red, std::uint8_t green,
             std::uint8_t blue) {
  Bytes bytes(3073, 0);
  bytes[0] = label;
  bytes[1] = red;
  bytes[1 + 1024] = green;
  bytes[1 + 2048] = blue;
  return bytes;
}

Bytes operator+(Bytes a, const Bytes& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

void check_refused(const Bytes& bytes, const std::string& what) {
  const TemporaryFolder folder;
  const auto file = folder.write("bad.bin", bytes);
  CAPTURE(what);
  CHECK_THROWS_MATCHES(load_cifar10({file}), std::runtime_error,
                       Mentions({file.string() + ": ", what}));
}

}  // namespace

TEST_CASE("CIFAR: records become images and labels") {
  const TemporaryFolder folder;
  Bytes second = record(9, 51, 0, 0);
  second[1 + 33] = 255;  // red, row 1, column 1
  second[3072] = 102;    // blue, the last pixel
  const auto file = folder.write("a.bin", record(3, 255, 51, 102) + second);
  const LabelledImages data = load_cifar10({file});
  CHECK_THAT(data.labels, IsTensor({2}, {3, 9}));
  REQUIRE(data.images.shape() == Shape{2, 3, 32, 32});
  CHECK(data.images.at({0, 0, 0, 0}) == 1.0f);
  CHECK(data.images.at({0, 1, 0, 0}) == 0.2f);
  CHECK(data.images.at({0, 2, 0, 0}) == 0.4f);
  CHECK(data.images.at({0, 0, 0, 1}) == 0.0f);
  CHECK(data.images.at({1, 0, 0, 0}) == 0.2f);
  CHECK(data.images.at({1, 0, 1, 1}) == 1.0f);
  CHECK(data.images.at({1, 2, 31, 31}) == 0.4f);
  CHECK(data.images.sum().item() == Approx(1.6 + 1.6));
}

TEST_CASE("CIFAR: files are joined in their order") {
  const TemporaryFolder folder;
  const auto a = folder.write("a.bin", record(1, 0, 0, 0) + record(2, 0, 0, 0));
  const auto b = folder.write("b.bin", record(0, 255, 0, 0));
  const LabelledImages data = load_cifar10({b, a, b});
  CHECK_THAT(data.labels, IsTensor({4}, {0, 1, 2, 0}));
  CHECK(data.images.at({0, 0, 0, 0}) == 1.0f);
  CHECK(data.images.at({1, 0, 0, 0}) == 0.0f);
  CHECK(data.images.at({3, 0, 0, 0}) == 1.0f);
  CHECK(load_cifar10({}).images.shape() == Shape{0, 3, 32, 32});
}

TEST_CASE("CIFAR: malformed files are refused by name") {
  const Bytes good = record(9, 1, 2, 3);
  check_refused({}, "is empty");
  check_refused({5}, "record 0 is cut short: 1 of its 3073 bytes");
  check_refused(Bytes(3072, 0), "record 0 is cut short: 3072 of its 3073");
  check_refused(good + Bytes{1}, "record 1 is cut short: 1 of its 3073");
  check_refused(good + good + Bytes(3072, 0), "record 2 is cut short");
  check_refused(record(10, 0, 0, 0), "record 0 has the label 10");
  check_refused(good + record(255, 0, 0, 0), "record 1 has the label 255");
}

TEST_CASE("CIFAR: what is no file is refused by name") {
  const TemporaryFolder folder;
  const auto missing = folder.path() / "missing.bin";
  CHECK_THROWS_MATCHES(load_cifar10({missing}), std::runtime_error,
                       Mentions({missing.string(), "no such file"}));
  CHECK_THROWS_MATCHES(load_cifar10({folder.path()}), std::runtime_error,
                       Mentions({folder.path().string(), "is a directory"}));
  const auto good = folder.write("a.bin", record(1, 0, 0, 0));
  CHECK_THROWS_AS(load_cifar10({good, missing}), std::runtime_error);
}

TEST_CASE("CIFAR: no file holds more images than there are") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "zeros.bin";
  folder.write("zeros.bin", {0});
  // Zeros are valid records; the file takes no space on the disk.
  std::filesystem::resize_file(file, 60001ULL * 3073);
  CHECK_THROWS_MATCHES(load_cifar10({file}), std::runtime_error,
                       Mentions({file.string(), "more than the 60000"}));
}
