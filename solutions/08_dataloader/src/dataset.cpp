// Module 08, part 1: samples, and how they become batches.
#include "tinytorch/data.hpp"

// <solution>
#include <algorithm>
#include <string>
#include <utility>

// </solution>

namespace tinytorch {
// <solution>
namespace {

/// Throws unless `sample` can lie beside `first`.
void require_alike(const Sample& first, const Sample& sample) {
  if (sample.size() != first.size()) {
    throw ShapeError("collate: one sample has " + std::to_string(first.size()) +
                     " tensors and another " + std::to_string(sample.size()) +
                     ": all must have the same number");
  }
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (sample[i].shape() == first[i].shape()) continue;
    throw ShapeError("collate: tensor " + std::to_string(i) +
                     " has the shape " + to_string(first[i].shape()) +
                     " in one sample and " + to_string(sample[i].shape()) +
                     " in another: crop or pad them to one shape");
  }
}

/// Tensor `i` of every sample, one after the other.
Tensor stack(const std::vector<Sample>& samples, std::size_t i) {
  Shape shape = samples.front()[i].shape();
  shape.insert(shape.begin(), static_cast<std::int64_t>(samples.size()));
  Tensor result = Tensor::empty(std::move(shape));
  float* target = result.mutable_data();
  for (const Sample& sample : samples) {
    const Tensor source = sample[i].contiguous();
    target = std::copy_n(source.data(), source.size(), target);
  }
  return result;
}

}  // namespace
// </solution>

TensorDataset::TensorDataset(std::vector<Tensor> tensors)
    : tensors_(std::move(tensors)) {
  // <solution task="08.1" name="TensorDataset" args="tensors">
  if (tensors_.empty()) {
    throw ValueError("TensorDataset: give at least one tensor");
  }
  for (const Tensor& tensor : tensors_) {
    if (tensor.rank() == 0) {
      throw ShapeError(
          "TensorDataset: a scalar has no dimension that counts samples: "
          "reshape it to (1,)");
    }
    if (tensor.size(0) != tensors_.front().size(0)) {
      throw ShapeError(
          "TensorDataset: the tensors " + to_string(tensors_.front().shape()) +
          " and " + to_string(tensor.shape()) +
          " hold different numbers of samples: their first extents must be "
          "equal");
    }
  }
  // </solution>
}

std::int64_t TensorDataset::size() const {
  // <solution task="08.1" name="size">
  return tensors_.front().size(0);
  // </solution>
}

Sample TensorDataset::get(std::int64_t index) const {
  // <solution task="08.1" name="get" args="index">
  if (index < 0 || index >= size()) {
    throw IndexError("TensorDataset: index " + std::to_string(index) +
                     " is out of range for " + std::to_string(size()) +
                     " samples: count them from 0");
  }
  Sample sample;
  sample.reserve(tensors_.size());
  for (const Tensor& all : tensors_) {
    const std::int64_t offset = all.offset() + index * all.strides().front();
    sample.push_back(Tensor::view(
        all.storage(), {all.shape().begin() + 1, all.shape().end()},
        {all.strides().begin() + 1, all.strides().end()}, offset));
  }
  return sample;
  // </solution>
}

Batch collate(const std::vector<Sample>& samples) {
  // <solution task="08.2" name="collate" args="samples">
  if (samples.empty()) {
    throw ValueError("collate: no samples: a batch needs at least one");
  }
  for (const Sample& sample : samples) require_alike(samples.front(), sample);
  Batch batch;
  batch.reserve(samples.front().size());
  for (std::size_t i = 0; i < samples.front().size(); ++i) {
    batch.push_back(stack(samples, i));
  }
  return batch;
  // </solution>
}

}  // namespace tinytorch
