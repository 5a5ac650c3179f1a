#include "fuzz/contract.hpp"
#include "tinytorch/support/safetensors.hpp"

using namespace tinytorch;
using fuzz::require;

namespace {

std::optional<SafeTensors> load(const std::filesystem::path& file) {
  return fuzz::value_or_error<std::runtime_error>(
      file.string(), [&] { return load_safetensors(file); });
}

/// Bit by bit: a NaN equals itself.
bool same(const Tensor& a, const Tensor& b) {
  return a.shape() == b.shape() &&
         std::memcmp(a.data(), b.data(),
                     static_cast<std::size_t>(a.size()) * sizeof(float)) == 0;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file =
      fuzz::folder().write("a.safetensors", fuzz::Bytes(data, data + size));
  const auto content = load(file);
  if (!content) return 0;
  std::uint64_t header = 0;
  std::memcpy(&header, data, sizeof(header));
  std::uint64_t bytes = sizeof(header) + header;
  for (const auto& [name, tensor] : content->tensors) {
    require(tensor.size() == numel(tensor.shape()), "size and shape agree");
    bytes += static_cast<std::uint64_t>(tensor.size()) * sizeof(float);
  }
  require(bytes == size, "header and tensors are the whole file");

  const auto copy = fuzz::folder() / "copy.safetensors";
  save_safetensors(copy, *content);
  const auto again = load(copy);
  require(again && again->metadata == content->metadata &&
              again->tensors.size() == content->tensors.size(),
          "what was written is read again");
  for (const auto& [name, tensor] : content->tensors) {
    require(same(tensor, again->tensors.at(name)), "each tensor comes back");
  }
  return 0;
}
