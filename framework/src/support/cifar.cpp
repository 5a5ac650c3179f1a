#include "tinytorch/support/cifar.hpp"

#include <array>
#include <cstdint>
#include <string>

#include "tinytorch/support/input_file.hpp"

namespace tinytorch {
namespace {

constexpr std::size_t kPixels = 3072;  // 3 channels of 32 x 32
constexpr std::size_t kMostImages = 60000;

struct Records {
  std::vector<std::uint8_t> pixels;
  std::vector<std::uint8_t> labels;
};

void append_records(const std::filesystem::path& file, Records& records) {
  InputFile input(file);
  std::array<std::uint8_t, 1 + kPixels> record{};
  for (std::size_t n = 0;; ++n) {
    const std::size_t found = input.read(record.data(), record.size());
    if (found == 0 && n > 0) return;
    const std::string place = "record " + std::to_string(n);
    if (found < record.size()) {
      input.fail(place + " is cut short: " + std::to_string(found) +
                 " of its 3073 bytes");
    }
    if (record[0] > 9) {
      input.fail(place + " has the label " + std::to_string(record[0]) +
                 ", above 9: this is no file of CIFAR-10");
    }
    if (n == kMostImages) {
      input.fail("holds more than the 60000 images of CIFAR-10");
    }
    records.labels.push_back(record[0]);
    records.pixels.insert(records.pixels.end(), record.begin() + 1,
                          record.end());
  }
}

}  // namespace

LabelledImages load_cifar10(const std::vector<std::filesystem::path>& files) {
  Records records;
  for (const auto& file : files) append_records(file, records);
  const auto count = static_cast<std::int64_t>(records.labels.size());
  LabelledImages result{Tensor::empty({count, 3, 32, 32}),
                        Tensor::empty({count})};
  float* pixel = result.images.mutable_data();
  for (const std::uint8_t byte : records.pixels) {
    *pixel++ = static_cast<float>(byte) / 255.0f;
  }
  float* label = result.labels.mutable_data();
  for (const std::uint8_t byte : records.labels) *label++ = byte;
  return result;
}

}  // namespace tinytorch
