// Module 08, part 2: a data set in batches, pass after pass.
#include <algorithm>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

// <solution>
#include <numeric>

// </solution>
#include "tinytorch/data.hpp"

namespace tinytorch {

/// One thread that prepares the batches of one pass ahead of next(), at most
/// `prefetch` of them. A future carries a batch, or the exception instead.
class DataLoader::Worker {
 public:
  explicit Worker(const DataLoader& loader)
      : loader_(loader),
        limit_(static_cast<std::size_t>(loader.options_.prefetch)),
        thread_([this](const std::stop_token& stop) { prepare(stop); }) {}

  std::optional<Batch> next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !ready_.empty() || finished_; });
    if (ready_.empty()) return {};
    std::future<Batch> batch = std::move(ready_.front());
    ready_.pop_front();
    lock.unlock();
    changed_.notify_all();
    return batch.get();
  }

 private:
  void prepare(const std::stop_token& stop) {
    const auto total = static_cast<std::int64_t>(loader_.order_.size());
    const std::int64_t step = std::min(loader_.options_.batch_size, total);
    for (std::int64_t start = 0; start < total; start += step) {
      if (!wait_for_room(stop)) return;
      std::future<Batch> batch = outcome(start);
      hand_over([&] { ready_.push_back(std::move(batch)); });
    }
    hand_over([this] { finished_ = true; });
  }

  std::future<Batch> outcome(std::int64_t start) const {
    std::packaged_task<Batch()> task(
        [this, start] { return loader_.make_batch(start); });
    task();
    return task.get_future();
  }

  /// False if the pass has been given up.
  bool wait_for_room(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    return changed_.wait(lock, stop, [this] {
      return ready_.size() < limit_;
    }) && !stop.stop_requested();
  }

  template <class Change>
  void hand_over(Change change) {
    const std::lock_guard lock(mutex_);
    change();
    changed_.notify_all();
  }

  const DataLoader& loader_;
  const std::size_t limit_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<std::future<Batch>> ready_;
  bool finished_ = false;
  std::jthread thread_;  // Last: it uses the others, and stops before they go.
};

DataLoader::DataLoader(const Dataset& dataset, DataLoaderOptions options)
    : dataset_(&dataset), options_(std::move(options)) {
  if (options_.batch_size < 1 || options_.prefetch < 0) {
    throw ValueError("DataLoader: batch_size " +
                     std::to_string(options_.batch_size) +
                     " must be at least 1 and prefetch " +
                     std::to_string(options_.prefetch) + " at least 0");
  }
  if (options_.generator == nullptr) {
    options_.generator = &default_generator();
  }
}

DataLoader::~DataLoader() = default;

std::int64_t DataLoader::size() const {
  // <solution task="08.3" name="size">
  const std::int64_t samples = dataset_->size();
  const std::int64_t whole = samples / options_.batch_size;
  return whole * options_.batch_size == samples ? whole : whole + 1;
  // </solution>
}

void DataLoader::restart() {
  worker_.reset();  // It reads order_.
  position_ = 0;
  // <solution task="08.3" name="restart">
  order_.resize(static_cast<std::size_t>(dataset_->size()));
  std::iota(order_.begin(), order_.end(), 0);
  if (options_.shuffle) {
    for (std::size_t i = order_.size(); i-- > 1;) {
      std::swap(order_[i], order_[options_.generator->below(i + 1)]);
    }
  }
  // </solution>
  if (options_.prefetch > 0) worker_ = std::make_unique<Worker>(*this);
}

std::optional<Batch> DataLoader::next() {
  if (worker_) return worker_->next();
  // <solution task="08.4" name="next">
  const auto total = static_cast<std::int64_t>(order_.size());
  const std::int64_t start = position_;
  if (start == total) return {};
  position_ += std::min(options_.batch_size, total - start);
  return make_batch(start);
  // </solution>
}

Batch DataLoader::make_batch(std::int64_t start) const {
  // <solution task="08.4" name="make_batch" args="start">
  const auto total = static_cast<std::int64_t>(order_.size());
  const std::int64_t end = start + std::min(options_.batch_size, total - start);
  std::vector<Sample> samples;
  for (std::int64_t i = start; i < end; ++i) {
    Sample sample = dataset_->get(order_[static_cast<std::size_t>(i)]);
    if (options_.transform && !sample.empty()) {
      sample.front() = options_.transform(sample.front());
    }
    samples.push_back(std::move(sample));
  }
  return collate(samples);
  // </solution>
}

}  // namespace tinytorch
