// Batches: what a training loop asks for, and nothing about where they come
// from. A list of them is enough to begin with; DataLoader (module 08) makes
// them from a data set.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "tinytorch/tensor.hpp"

namespace tinytorch {

/// Tensors that belong together, sample by sample: inputs and targets. Their
/// first dimension counts the samples.
using Batch = std::vector<Tensor>;

/// Hands out batches, pass after pass:
///   batches.restart();
///   while (const auto batch = batches.next()) ...
class Batches {
 public:
  virtual ~Batches() = default;

  /// The number of batches in one pass.
  virtual std::int64_t size() const = 0;
  /// Begins a new pass.
  virtual void restart() = 0;
  /// The next batch of this pass; nothing after the last.
  virtual std::optional<Batch> next() = 0;
};

/// Batches that are all in memory, in the same order in each pass.
class BatchList : public Batches {
 public:
  explicit BatchList(std::vector<Batch> batches)
      : batches_(std::move(batches)) {}

  std::int64_t size() const override {
    return static_cast<std::int64_t>(batches_.size());
  }
  void restart() override { next_ = 0; }
  std::optional<Batch> next() override {
    if (next_ == batches_.size()) return {};
    return batches_[next_++];
  }

 private:
  std::vector<Batch> batches_;
  std::size_t next_ = 0;
};

}  // namespace tinytorch
