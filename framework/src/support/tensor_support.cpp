// The parts of Tensor that are given: they teach C++ rather than tensors.
#include <algorithm>

#include "tinytorch/autograd.hpp"

namespace tinytorch {
namespace {

/// Throws unless every element lies inside a storage of `capacity` floats.
void check_extent(const Shape& shape, const Strides& strides,
                  std::int64_t offset, std::int64_t capacity) {
  std::int64_t first = offset, last = offset;
  bool overflow = false;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    std::int64_t reach = 0;
    overflow |= __builtin_mul_overflow(shape[i] - 1, strides[i], &reach);
    std::int64_t& end = reach < 0 ? first : last;
    overflow |= __builtin_add_overflow(end, reach, &end);
  }
  if (overflow || first < 0 || last >= capacity) {
    throw ShapeError("view: shape " + to_string(shape) + " with strides " +
                     to_string(strides) + " and offset " +
                     std::to_string(offset) + " reaches outside a storage of " +
                     std::to_string(capacity) + " elements");
  }
}

}  // namespace

const std::shared_ptr<Tensor::State>& Tensor::empty_state() {
  static const auto state = std::make_shared<State>(
      State{std::make_shared<Storage>(0), {0}, {1}, 0, 0, false, nullptr});
  return state;
}

Tensor::Tensor() : state_(empty_state()) {}

Tensor::Tensor(float value) : Tensor(empty({})) { *mutable_data() = value; }

Tensor::Tensor(std::initializer_list<NestedList> rows) : Tensor() {
  const NestedList list(rows);
  *this = Tensor(list.shape(), list.values());
}

Tensor Tensor::empty(Shape shape) {
  auto storage = std::make_shared<Storage>(numel(shape));
  Strides strides = row_major_strides(shape);
  return view(std::move(storage), std::move(shape), std::move(strides), 0);
}

Tensor Tensor::view(std::shared_ptr<Storage> storage, Shape shape,
                    Strides strides, std::int64_t offset) {
  if (storage == nullptr) throw ValueError("view: the storage is null");
  if (shape.size() != strides.size()) {
    throw ShapeError("view: shape " + to_string(shape) + " and strides " +
                     to_string(strides) + " differ in length");
  }
  auto state = std::make_shared<State>();
  state->size = numel(shape);
  if (state->size > 0) check_extent(shape, strides, offset, storage->size());
  state->storage = std::move(storage);
  state->shape = std::move(shape);
  state->strides = std::move(strides);
  state->offset = state->size > 0 ? offset : 0;
  return Tensor(std::move(state));
}

Tensor& Tensor::set_requires_grad(bool on) {
  if (!on && state_->node && !state_->node->is_leaf()) {
    throw AutogradError(
        "set_requires_grad: this tensor was computed by " +
        std::string(state_->node->name()) +
        " and cannot lose its past: use detach() for a tensor without one");
  }
  // All empty tensors share one state: this one gets a state of its own.
  if (state_ == empty_state()) state_ = std::make_shared<State>(*state_);
  state_->requires_grad = on;
  // A leaf that is left here would go on collecting gradients.
  if (!on) state_->node.reset();
  return *this;
}

std::int64_t Tensor::size(std::int64_t axis) const {
  const std::int64_t i = normalize_axis("size", axis, rank());
  return shape()[static_cast<std::size_t>(i)];
}

std::vector<float> Tensor::to_vector() const {
  const Tensor flat = contiguous();
  return {flat.data(), flat.data() + flat.size()};
}

}  // namespace tinytorch
