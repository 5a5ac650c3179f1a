#include "tinytorch/support/storage.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <limits>
#include <new>
#include <string>

#include "tinytorch/support/errors.hpp"

namespace tinytorch {
namespace {

constexpr std::align_val_t kAlignment{64};

std::atomic<std::int64_t> live_bytes{0};
std::atomic<std::int64_t> peak_bytes{0};
std::atomic<std::int64_t> allocations{0};

void count_allocation(std::int64_t bytes) {
  ++allocations;
  const std::int64_t live = live_bytes += bytes;
  std::int64_t peak = peak_bytes;
  while (live > peak && !peak_bytes.compare_exchange_weak(peak, live)) {
  }
}

float* allocate(std::int64_t size) {
  constexpr auto kLargest =
      std::numeric_limits<std::int64_t>::max() / std::int64_t{sizeof(float)};
  if (size >= 0 && size <= kLargest) {
    const auto bytes = static_cast<std::size_t>(size) * sizeof(float);
    // At least one byte, so that an empty block still has an address.
    void* block = ::operator new(std::max<std::size_t>(bytes, 1), kAlignment,
                                 std::nothrow);
    if (block != nullptr) return static_cast<float*>(block);
  }
  throw MemoryError("cannot allocate a tensor of " + std::to_string(size) +
                    " floats: use smaller shapes or batches");
}

}  // namespace

Storage::Storage(std::int64_t size) : data_(allocate(size)), size_(size) {
  count_allocation(size * std::int64_t{sizeof(float)});
}

Storage::~Storage() {
  live_bytes -= size_ * std::int64_t{sizeof(float)};
  ::operator delete(data_, kAlignment);
}

MemoryStats memory_stats() { return {live_bytes, peak_bytes, allocations}; }

void reset_memory_stats() {
  peak_bytes = live_bytes.load();
  allocations = 0;
}

}  // namespace tinytorch
