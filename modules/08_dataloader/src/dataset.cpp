// Module 08, part 1: samples, and how they become batches.
#include "tinytorch/data.hpp"

namespace tinytorch {

TensorDataset::TensorDataset(std::vector<Tensor> tensors)
    : tensors_(std::move(tensors)) {
  // TODO(08.1): TensorDataset
  not_implemented("08.1", "TensorDataset", tensors);
}

std::int64_t TensorDataset::size() const {
  // TODO(08.1): size
  not_implemented("08.1", "size");
}

Sample TensorDataset::get(std::int64_t index) const {
  // TODO(08.1): get
  not_implemented("08.1", "get", index);
}

Batch collate(const std::vector<Sample>& samples) {
  // TODO(08.2): collate
  not_implemented("08.2", "collate", samples);
}

}  // namespace tinytorch
