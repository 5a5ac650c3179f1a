#include "tinytorch/support/idx.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <limits>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>

#include "tinytorch/support/input_file.hpp"

namespace tinytorch {
namespace {

constexpr std::uint8_t kUnsignedBytes = 8;
constexpr std::size_t kLargestRank = 8;
constexpr std::int64_t kLargestExtent =
    std::numeric_limits<std::uint32_t>::max();

/// The number of elements; nothing if no tensor can have so many, as numel()
/// counts. An extent of 0 does not hide that the others are absurd.
std::optional<std::uint64_t> count_elements(const Shape& shape) {
  std::int64_t count = 1;
  bool empty = false;
  for (const std::int64_t extent : shape) {
    empty |= extent == 0;
    const auto factor = std::max(extent, INT64_C(1));
    if (__builtin_mul_overflow(count, factor, &count)) return {};
  }
  return empty ? 0 : static_cast<std::uint64_t>(count);
}

void read_header(InputFile& input, std::uint8_t* target, std::size_t count) {
  if (input.read(target, count) < count) {
    input.fail("the IDX file is cut short within its header");
  }
}

/// The rank, after everything before it has been checked.
std::size_t read_rank(InputFile& input) {
  std::array<std::uint8_t, 4> magic{};
  read_header(input, magic.data(), magic.size());
  if (magic[0] != 0 || magic[1] != 0) {
    input.fail("is no IDX file: it does not begin with two zero bytes");
  }
  if (magic[2] != kUnsignedBytes) {
    input.fail("holds elements of the IDX type " + std::to_string(magic[2]) +
               ": only unsigned bytes (8) can be read");
  }
  if (magic[3] < 1 || magic[3] > kLargestRank) {
    input.fail("has " + std::to_string(magic[3]) +
               " dimensions: only 1 to 8 can be read");
  }
  return magic[3];
}

Shape read_shape(InputFile& input) {
  Shape shape(read_rank(input));
  for (std::int64_t& extent : shape) {
    std::array<std::uint8_t, 4> bytes{};
    read_header(input, bytes.data(), bytes.size());
    extent = 0;
    for (const std::uint8_t byte : bytes) extent = extent << 8 | byte;
  }
  return shape;
}

std::vector<std::uint8_t> header_of(const Shape& shape) {
  std::vector<std::uint8_t> header = {0, 0, kUnsignedBytes,
                                      static_cast<std::uint8_t>(shape.size())};
  for (const std::int64_t extent : shape) {
    for (const int shift : {24, 16, 8, 0}) {
      header.push_back(static_cast<std::uint8_t>(extent >> shift));
    }
  }
  return header;
}

void require_writable(const IdxArray& array) {
  const auto count = static_cast<std::uint64_t>(array.bytes.size());
  const auto fits = [](std::int64_t extent) {
    return extent >= 0 && extent <= kLargestExtent;
  };
  const Shape& shape = array.shape;
  if (shape.empty() || shape.size() > kLargestRank ||
      !std::all_of(shape.begin(), shape.end(), fits) ||
      count_elements(shape) != count) {
    throw ValueError("save_idx: " + std::to_string(count) +
                     " bytes cannot have the shape " + to_string(shape) +
                     ": give 1 to 8 extents below 2^32 with that product");
  }
}

/// Packs, or only writes. False if something could not be written.
bool write(const std::filesystem::path& file, bool pack,
           const std::vector<std::vector<std::uint8_t>>& parts) {
  const gzFile out = gzopen(file.c_str(), pack ? "wb9" : "wbT");
  if (out == nullptr) return false;
  bool good = true;
  for (const auto& part : parts) {
    good = good && gzfwrite(part.data(), 1, part.size(), out) == part.size();
  }
  return gzclose(out) == Z_OK && good;
}

}  // namespace

IdxArray load_idx(const std::filesystem::path& file) {
  InputFile input(file);
  IdxArray array{read_shape(input), {}};
  const auto count = count_elements(array.shape);
  const std::string shape = to_string(array.shape);
  if (!count || *count > input.most_bytes()) {
    input.fail("the IDX file is cut short: it is too small for the shape " +
               shape + " in its header");
  }
  array.bytes.resize(*count);
  const std::size_t found = input.read(array.bytes.data(), *count);
  if (found < *count) {
    input.fail("the IDX file is cut short: " + std::to_string(found) + " of " +
               std::to_string(*count) + " bytes for the shape " + shape);
  }
  std::uint8_t more = 0;
  if (input.read(&more, 1) > 0) {
    input.fail("other bytes follow the " + std::to_string(*count) +
               " of the shape " + shape);
  }
  return array;
}

void save_idx(const std::filesystem::path& file, const IdxArray& array) {
  require_writable(array);
  std::filesystem::path partial = file;
  partial += ".part";
  bool good = write(partial, file.extension() == ".gz",
                    {header_of(array.shape), array.bytes});
  std::error_code error;
  if (good) std::filesystem::rename(partial, file, error);
  if (good && !error) return;
  std::error_code ignored;
  std::filesystem::remove(partial, ignored);
  throw std::runtime_error(file.string() + ": cannot be written");
}

Tensor to_tensor(const IdxArray& array, float scale) {
  Tensor tensor = Tensor::empty(array.shape);
  if (tensor.size() != static_cast<std::int64_t>(array.bytes.size())) {
    throw ShapeError("to_tensor: " + std::to_string(array.bytes.size()) +
                     " bytes cannot have the shape " + to_string(array.shape));
  }
  std::transform(
      array.bytes.begin(), array.bytes.end(), tensor.mutable_data(),
      [scale](std::uint8_t byte) { return static_cast<float>(byte) * scale; });
  return tensor;
}

}  // namespace tinytorch
