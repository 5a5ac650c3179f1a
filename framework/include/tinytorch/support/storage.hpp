// Memory: one flat block of floats, shared by all the tensors that view it.
#pragma once

#include <cstdint>

namespace tinytorch {

/// A block of float32 values, aligned to 64 bytes (a cache line, and the
/// widest vector register). Tensors share it through std::shared_ptr, and the
/// last one frees it.
class Storage {
 public:
  /// Allocates `size` floats and leaves them uninitialised.
  /// @throws MemoryError  when the machine cannot provide them
  explicit Storage(std::int64_t size);
  ~Storage();
  Storage(const Storage&) = delete;
  Storage& operator=(const Storage&) = delete;

  const float* data() const { return data_; }
  std::int64_t size() const { return size_; }

  /// For writing. Counts as a change, so that autograd can tell when a value
  /// that it saved has been overwritten.
  float* mutable_data() {
    ++version_;
    return data_;
  }

  /// How often the block has been handed out for writing.
  std::uint64_t version() const { return version_; }

 private:
  float* data_ = nullptr;
  std::int64_t size_ = 0;
  std::uint64_t version_ = 0;
};

/// What tensors have allocated in this process. Measured, not estimated.
struct MemoryStats {
  std::int64_t live_bytes = 0;   ///< allocated and not yet freed
  std::int64_t peak_bytes = 0;   ///< largest live_bytes since the last reset
  std::int64_t allocations = 0;  ///< number of blocks allocated so far
};

MemoryStats memory_stats();

/// Starts a new measurement: the peak becomes the bytes that are live now and
/// the number of allocations becomes 0.
void reset_memory_stats();

}  // namespace tinytorch
