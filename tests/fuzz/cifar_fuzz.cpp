#include "fuzz/packed.hpp"
#include "tinytorch/support/cifar.hpp"

using namespace tinytorch;
using fuzz::require;

namespace {

constexpr std::size_t kRecord = 3073;

/// The bytes that this file unpacks to, if it is one of CIFAR-10.
std::optional<fuzz::Bytes> records_of(const std::filesystem::path& file) {
  const auto data = fuzz::value_or_error<std::runtime_error>(
      file.string() + ": ", [&] { return load_cifar10({file}); });
  if (!data) return {};
  const auto count = data->labels.size();
  require(count > 0 && data->labels.shape() == Shape{count} &&
              data->images.shape() == Shape{count, 3, 32, 32},
          "images and labels are of one number");
  fuzz::Bytes bytes;
  const float* pixel = data->images.data();
  for (std::int64_t n = 0; n < count; ++n) {
    const float label = data->labels.data()[n];
    require(label >= 0 && label <= 9, "labels are 0 to 9");
    bytes.push_back(static_cast<std::uint8_t>(label));
    for (std::size_t i = 1; i < kRecord; ++i) {
      bytes.push_back(static_cast<std::uint8_t>(*pixel++ * 255.0f + 0.5f));
    }
  }
  return bytes;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::Bytes bytes(data, data + size);
  const auto records = records_of(fuzz::folder().write("a.bin", bytes));
  if (fuzz::is_packed(bytes)) return 0;
  require(!records || *records == bytes, "images and labels are the records");
  require(records == records_of(fuzz::folder().write("packed.bin",
                                                     fuzz::packed(bytes))),
          "a file means the same packed and plain");
  return 0;
}
