#include "tinytorch/support/idx.hpp"

#include <stdexcept>

#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::bytes_of;
using test::IsTensor;
using test::Mentions;
using test::TemporaryFolder;

using Bytes = std::vector<std::uint8_t>;

namespace {

const Bytes kTwoByThree = {0, 0, 8, 2, 0, 0, 0, 2, 0,
                           0, 0, 3, 1, 2, 3, 4, 5, 255};

// What Python's gzip.compress(kTwoByThree, mtime=0) gives.
const Bytes kPacked = {0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02,
                       0x03, 0x63, 0x60, 0xe0, 0x60, 0x62, 0x60, 0x60, 0x00,
                       0x61, 0x66, 0x46, 0x26, 0x66, 0x16, 0xd6, 0xff, 0x00,
                       0xf0, 0xde, 0x5f, 0x21, 0x12, 0x00, 0x00, 0x00};

// The same of an IDX header that promises 4 GB.
const Bytes kPromise = {0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02,
                        0x03, 0x63, 0x60, 0xe0, 0x60, 0xfc, 0x0f, 0x04, 0x00,
                        0x57, 0x54, 0xaa, 0x6a, 0x08, 0x00, 0x00, 0x00};

Bytes with(Bytes bytes, std::size_t place, std::uint8_t value) {
  bytes.at(place) = value;
  return bytes;
}

Bytes first(const Bytes& bytes, std::size_t count) {
  return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count)};
}

Bytes plus(Bytes bytes, const Bytes& more) {
  bytes.insert(bytes.end(), more.begin(), more.end());
  return bytes;
}

/// The error of loading these bytes names the file and contains `what`.
void check_refused(const Bytes& bytes, const std::string& what) {
  const TemporaryFolder folder;
  const auto file = folder.write("bad.idx", bytes);
  CAPTURE(what);
  CHECK_THROWS_MATCHES(load_idx(file), std::runtime_error,
                       Mentions({file.string() + ": ", what}));
}

}  // namespace

TEST_CASE("an IDX file is read byte by byte as the format says") {
  const TemporaryFolder folder;
  const IdxArray array = load_idx(folder.write("a.idx", kTwoByThree));
  CHECK(array.shape == Shape{2, 3});
  CHECK(array.bytes == Bytes{1, 2, 3, 4, 5, 255});
}

TEST_CASE("a packed IDX file is read whatever its name") {
  const TemporaryFolder folder;
  const IdxArray array = load_idx(folder.write("a.idx", kPacked));
  CHECK(array.shape == Shape{2, 3});
  CHECK(array.bytes == Bytes{1, 2, 3, 4, 5, 255});
}

TEST_CASE("an IDX file is written as the format says") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "a.idx";
  save_idx(file, {{2, 3}, {1, 2, 3, 4, 5, 255}});
  CHECK(bytes_of(file) == kTwoByThree);
  save_idx(file, {{1}, {9}});
  CHECK(bytes_of(file) == Bytes{0, 0, 8, 1, 0, 0, 0, 1, 9});
}

TEST_CASE("what was written is read again: ranks 1 to 8, packed and plain") {
  const TemporaryFolder folder;
  Shape shape;
  Bytes bytes = {17, 34};
  for (const std::int64_t extent : {2, 1, 3, 1, 2, 1, 1, 2}) {
    shape.push_back(extent);
    if (extent > 1 && shape.size() > 1) {
      const Bytes once = bytes;
      for (std::int64_t i = 1; i < extent; ++i) bytes = plus(bytes, once);
    }
    for (const char* name : {"a.idx", "a.idx.gz"}) {
      CAPTURE(shape, name);
      save_idx(folder.path() / name, {shape, bytes});
      const IdxArray again = load_idx(folder.path() / name);
      CHECK(again.shape == shape);
      CHECK(again.bytes == bytes);
    }
  }
}

TEST_CASE("a name in .gz packs, with the same bytes each time") {
  const TemporaryFolder folder;
  const IdxArray zeros{{100, 100}, Bytes(10000, 0)};
  save_idx(folder.path() / "a.gz", zeros);
  save_idx(folder.path() / "b.gz", zeros);
  const Bytes packed = bytes_of(folder.path() / "a.gz");
  CHECK(packed.size() < 100);
  CHECK(packed == bytes_of(folder.path() / "b.gz"));
  CHECK(load_idx(folder.path() / "a.gz").bytes == zeros.bytes);
}

TEST_CASE("a large array comes back, packed and plain") {
  const TemporaryFolder folder;
  IdxArray array{{1000, 28, 28}, Bytes(784000)};
  Generator generator(1);
  for (auto& byte : array.bytes) {
    byte = static_cast<std::uint8_t>(generator.below(256));
  }
  for (const char* name : {"a.idx", "a.idx.gz"}) {
    save_idx(folder.path() / name, array);
    const IdxArray again = load_idx(folder.path() / name);
    CHECK(again.shape == array.shape);
    CHECK((again.bytes == array.bytes));
  }
}

TEST_CASE("an IDX file may hold no elements") {
  const TemporaryFolder folder;
  save_idx(folder.path() / "a.idx", {{0, 28, 28}, {}});
  const IdxArray array = load_idx(folder.path() / "a.idx");
  CHECK(array.shape == Shape{0, 28, 28});
  CHECK(array.bytes.empty());
  CHECK_THAT(to_tensor(array), IsTensor({0, 28, 28}, {}));
}

TEST_CASE("extents use all four bytes, the high one first") {
  const TemporaryFolder folder;
  save_idx(folder.path() / "a.idx", {{70000}, Bytes(70000, 1)});
  const Bytes bytes = bytes_of(folder.path() / "a.idx");
  CHECK(first(bytes, 8) == Bytes{0, 0, 8, 1, 0x00, 0x01, 0x11, 0x70});
  CHECK(load_idx(folder.path() / "a.idx").shape == Shape{70000});
}

TEST_CASE("bytes become floats, scaled") {
  const IdxArray array{{2, 2}, {0, 1, 128, 255}};
  CHECK_THAT(to_tensor(array), IsTensor({2, 2}, {0, 1, 128, 255}));
  CHECK_THAT(to_tensor(array, 0.5f), IsTensor({2, 2}, {0, 0.5f, 64, 127.5f}));
  CHECK_THAT(to_tensor(array, 1 / 255.0f),
             IsTensor({2, 2}, {0, 1 / 255.0f, 128 / 255.0f, 1}, 1e-6f));
  CHECK_THROWS_AS(to_tensor({{3}, {1, 2}}), ShapeError);
}

TEST_CASE("what is no file is refused by name") {
  const TemporaryFolder folder;
  const auto refused = [](const std::filesystem::path& file,
                          const std::string& what) {
    CHECK_THROWS_MATCHES(load_idx(file), std::runtime_error,
                         Mentions({file.string() + ": ", what}));
  };
  refused(folder.path() / "missing.idx", "no such file");
  refused(folder.path(), "is a directory");
  refused("/dev/null", "no regular file");
  refused(folder.write("empty.idx", {}), "is empty");
}

TEST_CASE("a file that begins otherwise is no IDX file") {
  check_refused({'P', 'N', 'G', '1', '2'}, "is no IDX file");
  check_refused(with(kTwoByThree, 0, 1), "is no IDX file");
  check_refused(with(kTwoByThree, 1, 1), "is no IDX file");
  check_refused(with(kTwoByThree, 2, 0x0d), "IDX type 13");
  check_refused(with(kTwoByThree, 2, 0), "IDX type 0");
  check_refused(with(kTwoByThree, 3, 0), "0 dimensions");
  check_refused(with(kTwoByThree, 3, 9), "9 dimensions");
}

TEST_CASE("a file cut short anywhere is refused") {
  for (std::size_t size = 1; size < kTwoByThree.size(); ++size) {
    CAPTURE(size);
    check_refused(first(kTwoByThree, size), "cut short");
  }
  for (std::size_t size = 3; size < kPacked.size(); ++size) {
    CAPTURE(size);
    check_refused(first(kPacked, size), "the gzip file is cut short");
  }
}

TEST_CASE("bytes that follow are refused") {
  check_refused(plus(kTwoByThree, {0}), "other bytes follow");
  check_refused(plus(kPacked, {0}), "other bytes follow");
  check_refused(plus(kPacked, kPacked), "other bytes follow");
}

TEST_CASE("a damaged packed file is refused") {
  check_refused(with(kPacked, 3, 0xff), "the gzip file is damaged");
  // The checksum, and the length.
  check_refused(with(kPacked, kPacked.size() - 8, 0x12),
                "the gzip file is damaged: incorrect data check");
  check_refused(with(kPacked, kPacked.size() - 1, 0x12),
                "the gzip file is damaged: incorrect length check");
}

TEST_CASE("any single damaged byte is noticed or does not matter") {
  // A gzip header holds a time and a system, and its data a few spare bits.
  const TemporaryFolder folder;
  for (const Bytes& whole : {kTwoByThree, kPacked}) {
    const std::size_t checked = whole == kPacked ? whole.size() : 12;
    for (std::size_t place = 0; place < checked; ++place) {
      for (const int change : {0x01, 0x10, 0x80, 0xff}) {
        CAPTURE(place, change);
        const auto value = static_cast<std::uint8_t>(whole[place] ^ change);
        const auto file = folder.write("a.idx", with(whole, place, value));
        try {
          const IdxArray array = load_idx(file);
          CHECK(array.bytes == Bytes{1, 2, 3, 4, 5, 255});
        } catch (const std::runtime_error& error) {
          CHECK_THAT(error, Mentions({file.string() + ": "}));
        }
      }
    }
  }
}

TEST_CASE("absurd sizes are refused before memory is asked for") {
  const Bytes ff = {0xff, 0xff, 0xff, 0xff};
  const Bytes none = {0, 0, 0, 0};
  // 4 GB, 2^64 elements, 2^256 elements, and the same behind an extent of 0,
  // where even 2^64 - 2^33 is more than a tensor can have.
  check_refused(plus({0, 0, 8, 1}, ff),
                "too small for the shape (4294967295,)");
  check_refused(plus(plus({0, 0, 8, 2}, ff), ff), "too small for the shape");
  check_refused({0, 0, 8,    4,    0x00, 0x01, 0,    0,    0x00, 0x01,
                 0, 0, 0x00, 0x01, 0,    0,    0x00, 0x01, 0,    0},
                "too small for the shape (65536, 65536, 65536, 65536)");
  Bytes eight = {0, 0, 8, 8};
  for (int i = 0; i < 8; ++i) eight = plus(eight, ff);
  check_refused(eight, "too small for the shape");
  check_refused(plus(plus(plus(plus({0, 0, 8, 4}, none), ff), ff), ff),
                "too small for the shape");
  check_refused(plus(plus(plus({0, 0, 8, 3}, none), ff), ff),
                "too small for the shape (0, 4294967295, 4294967295)");
}

TEST_CASE("a packed file cannot promise more than it could hold") {
  check_refused(kPromise, "too small for the shape (4294967295,)");
}

TEST_CASE("what cannot be an IDX file is not written") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "a.idx";
  CHECK_THROWS_AS(save_idx(file, {{}, {1}}), ValueError);
  CHECK_THROWS_AS(save_idx(file, {Shape(9, 1), {1}}), ValueError);
  CHECK_THROWS_AS(save_idx(file, {{-1}, {}}), ValueError);
  CHECK_THROWS_AS(save_idx(file, {{0, INT64_C(1) << 32}, {}}), ValueError);
  CHECK_THROWS_MATCHES(save_idx(file, {{2, 3}, {1, 2, 3}}), ValueError,
                       Mentions({"save_idx", "3 bytes", "(2, 3)"}));
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("a file that cannot be written leaves nothing behind") {
  const TemporaryFolder folder;
  const auto nowhere = folder.path() / "missing" / "a.idx";
  CHECK_THROWS_MATCHES(save_idx(nowhere, {{1}, {1}}), std::runtime_error,
                       Mentions({nowhere.string(), "cannot be written"}));
  const auto taken = folder.path() / "folder";
  std::filesystem::create_directory(taken);
  folder.write("folder/keep", {1});
  CHECK_THROWS_AS(save_idx(taken, {{1}, {1}}), std::runtime_error);
  CHECK_FALSE(std::filesystem::exists(folder.path() / "folder.part"));
  CHECK(std::filesystem::exists(taken / "keep"));
}
