// A data set for tests of loaders, and what a loader makes of it.
#pragma once

#include <atomic>
#include <stdexcept>
#include <vector>

#include "support/memory.hpp"
#include "tinytorch/data.hpp"

namespace test {

/// Sample i is the vector (i, 10 i) and the scalar i. One of them may be
/// broken: asking for it throws.
class Numbers : public tinytorch::Dataset {
 public:
  explicit Numbers(std::int64_t size, std::int64_t broken = -1)
      : size_(size), broken_(broken) {}

  std::int64_t size() const override { return size_; }

  tinytorch::Sample get(std::int64_t index) const override {
    ++asked_;
    if (index == broken_) throw std::runtime_error("unreadable sample");
    if (index < 0 || index >= size_) throw std::logic_error("no such sample");
    const auto value = static_cast<float>(index);
    return {make({2}, {value, 10 * value}), make({}, {value})};
  }

  /// How many samples have been asked for.
  std::int64_t asked() const { return asked_; }

 private:
  std::int64_t size_, broken_;
  mutable std::atomic<std::int64_t> asked_ = 0;
};

/// The values of a batch's second tensor: of Numbers, the samples' indices.
inline std::vector<float> labels(const tinytorch::Batch& batch) {
  return batch.size() == 2 ? values(batch[1]) : std::vector<float>{};
}

/// The labels of all batches that are left in this pass; at most 20 batches.
inline std::vector<std::vector<float>> rest(tinytorch::Batches& batches) {
  std::vector<std::vector<float>> result;
  while (result.size() < 20) {
    const auto batch = batches.next();
    if (!batch) break;
    result.push_back(labels(*batch));
  }
  return result;
}

/// The same for a new pass.
inline std::vector<std::vector<float>> whole_pass(tinytorch::Batches& batches) {
  batches.restart();
  return rest(batches);
}

}  // namespace test
