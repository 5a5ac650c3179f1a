#include "fuzz/packed.hpp"
#include "support/files.hpp"
#include "tinytorch/support/idx.hpp"

using namespace tinytorch;
using fuzz::require;

namespace {

std::optional<IdxArray> load(const std::filesystem::path& file) {
  return fuzz::value_or_error<std::runtime_error>(
      file.string() + ": ", [&] { return load_idx(file); });
}

bool same(const IdxArray& a, const std::optional<IdxArray>& b) {
  return b && a.shape == b->shape && a.bytes == b->bytes;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::Bytes bytes(data, data + size);
  const auto array = load(fuzz::folder().write("a.idx", bytes));
  if (!fuzz::is_packed(bytes)) {
    const auto packed =
        load(fuzz::folder().write("packed.idx", fuzz::packed(bytes)));
    require(array ? same(*array, packed) : !packed,
            "a file means the same packed and plain");
  }
  if (!array) return 0;
  // Throws unless the bytes fit the shape.
  const Tensor tensor = to_tensor(*array);
  require(tensor.shape() == array->shape, "the tensor has the array's shape");

  const auto copy = fuzz::folder() / "copy.idx";
  save_idx(copy, *array);
  require(same(*array, load(copy)), "what was written is read again");
  if (!fuzz::is_packed(bytes)) {
    require(test::bytes_of(copy) == bytes, "there is one way to write a file");
  }
  return 0;
}
