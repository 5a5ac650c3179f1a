// Data: from single samples to shuffled batches.
//
//   TensorDataset digits({images, labels});
//   DataLoader loader(digits, {.batch_size = 32, .shuffle = true});
//   for (const Batch& batch : loader) train(batch[0], batch[1]);
//
// Functions marked [08.x] are written by the student in module 08.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <vector>

#include "tinytorch/support/batches.hpp"

namespace tinytorch {

/// The tensors of one sample: an image and its label.
using Sample = std::vector<Tensor>;

/// Where samples come from: memory, files, a formula. get() may be called from
/// another thread than the one that made the data set.
class Dataset {
 public:
  virtual ~Dataset() = default;
  virtual std::int64_t size() const = 0;
  /// Sample `index`, counted from 0.
  /// @throws IndexError  unless 0 <= index < size()
  virtual Sample get(std::int64_t index) const = 0;
};

/// Tensors in memory whose first dimension counts the samples.
class TensorDataset : public Dataset {
 public:
  /// [08.1]
  /// @throws ValueError  if there are no tensors
  /// @throws ShapeError  if one is a scalar, or their first extents differ
  explicit TensorDataset(std::vector<Tensor> tensors);

  std::int64_t size() const override;

  /// [08.1] Views of element `index` of every tensor: of (100, 8, 8) and (100)
  /// the shapes (8, 8) and ().
  /// @throws IndexError  unless 0 <= index < size()
  Sample get(std::int64_t index) const override;

 private:
  std::vector<Tensor> tensors_;
};

/// [08.2] Samples stacked along a new first dimension: 32 times (8, 8) and ()
/// become (32, 8, 8) and (32). Shares no memory with the samples.
/// @throws ValueError  if there are no samples
/// @throws ShapeError  if two samples differ in their number of tensors or in
///   a shape
Batch collate(const std::vector<Sample>& samples);

/// A change of a sample's first tensor, often a random one.
using Transform = std::function<Tensor(const Tensor&)>;

struct DataLoaderOptions {
  std::int64_t batch_size = 1;
  /// A new order in each pass.
  bool shuffle = false;
  /// Where the order comes from; the default generator if null. It must outlive
  /// the loader.
  Generator* generator = nullptr;
  /// Applied to the first tensor of every sample.
  Transform transform = nullptr;
  /// How many batches a worker thread prepares ahead; 0 prepares each when it
  /// is asked for. The batches are the same. With a transform that draws random
  /// numbers, give it a generator that nothing else uses.
  std::int64_t prefetch = 0;
};

/// Hands out a data set in batches, pass after pass.
class DataLoader : public Batches {
 public:
  /// The data set must outlive the loader.
  /// @throws ValueError  unless batch_size is at least 1 and prefetch at least
  /// 0
  DataLoader(const Dataset& dataset, DataLoaderOptions options);
  DataLoader(const Dataset&& temporary, DataLoaderOptions options) = delete;
  ~DataLoader() override;
  DataLoader(const DataLoader&) = delete;
  DataLoader& operator=(const DataLoader&) = delete;

  /// [08.3] The number of batches: the last one may be short.
  std::int64_t size() const override;

  /// [08.3] Begins a new pass and draws its order: for i from the last place
  /// down to 1, place i is swapped with place generator.below(i + 1) (Fisher
  /// and Yates, 1938; Durstenfeld, 1964), starting from 0, 1, 2, ...
  void restart() override;

  /// The samples of this pass, in their order; empty before the first
  /// restart().
  const std::vector<std::int64_t>& order() const { return order_; }

  /// [08.4] The next batch; nothing after the last one. Before the first
  /// restart() there is nothing either.
  /// @throws whatever the data set or the transform throws; the call after
  ///   that goes on with the batch that follows
  std::optional<Batch> next() override;

  /// For range-for: begin() restarts.
  class Iterator {
   public:
    using value_type = Batch;
    using difference_type = std::ptrdiff_t;
    const Batch& operator*() const { return *batch_; }
    Iterator& operator++() {
      batch_ = loader_->next();
      return *this;
    }
    void operator++(int) { ++*this; }
    bool operator==(std::default_sentinel_t) const { return !batch_; }

   private:
    friend class DataLoader;
    explicit Iterator(DataLoader* loader)
        : loader_(loader), batch_(loader->next()) {}
    DataLoader* loader_;
    std::optional<Batch> batch_;
  };
  Iterator begin() {
    restart();
    return Iterator(this);
  }
  std::default_sentinel_t end() const { return {}; }

 private:
  /// [08.4] The samples order_[start] and following, at most batch_size,
  /// transformed and stacked.
  Batch make_batch(std::int64_t start) const;

  class Worker;  // Prepares batches ahead; given.
  const Dataset* dataset_;
  DataLoaderOptions options_;
  std::vector<std::int64_t> order_;
  std::int64_t position_ = 0;
  std::unique_ptr<Worker> worker_;
};

// -- Augmentation -------------------------------------------------------------
//
// The last two dimensions are an image's rows and columns.

/// [08.5] Mirrors left and right with probability p: where the next
/// generator.uniform() is below p.
class RandomHorizontalFlip {
 public:
  /// @throws ValueError  unless 0 <= p <= 1
  explicit RandomHorizontalFlip(float p = 0.5f,
                                Generator& generator = default_generator());
  /// @throws ShapeError  if the image has fewer than two dimensions
  Tensor operator()(const Tensor& image) const;

 private:
  float p_;
  Generator* generator_;
};

/// [08.6] Pads with zeros on all four sides, then cuts out a window of
/// height x width whose corner is drawn: first the row, as
/// generator.below(possible rows), then the column.
class RandomCrop {
 public:
  /// @throws ValueError  unless height and width are at least 1 and padding
  ///   lies in 0 to 2^30
  RandomCrop(std::int64_t height, std::int64_t width, std::int64_t padding = 4,
             Generator& generator = default_generator());
  /// @throws ShapeError  if the image has fewer than two dimensions or is, with
  ///   its padding, smaller than the window
  Tensor operator()(const Tensor& image) const;

 private:
  std::int64_t height_, width_, padding_;
  Generator* generator_;
};

/// Several transforms, one after the other.
class Compose {
 public:
  /// @throws ValueError  if one of them is empty
  explicit Compose(std::vector<Transform> transforms);
  Tensor operator()(const Tensor& image) const;  ///< [08.7]

 private:
  std::vector<Transform> transforms_;
};

}  // namespace tinytorch
