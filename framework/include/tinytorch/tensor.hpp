// Tensor: an n-dimensional array of float32, and everything built on it.
//
// A Tensor is a cheap handle. Copying one copies the handle: both refer to the
// same shape and the same memory. reshape, transpose, permute, slice and
// broadcast_to return views, new shapes over the same memory: writing through
// a view writes to the original. Arithmetic always allocates its result.
//
// Semantics follow PyTorch: broadcasting, negative axes, keepdims, NaN.
//
// Functions marked [01.x] are written by the student in module 01, those
// marked [05.x] in module 05.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tinytorch/support/errors.hpp"
#include "tinytorch/support/generator.hpp"
#include "tinytorch/support/nested_list.hpp"
#include "tinytorch/support/record.hpp"
#include "tinytorch/support/shape.hpp"
#include "tinytorch/support/storage.hpp"

namespace tinytorch {

/// [01.1] The number of elements that a shape describes: the product of its
/// extents, 1 for a scalar.
/// @throws ShapeError  if an extent is negative, or the product of the
///   nonzero extents does not fit into 64 bits
std::int64_t numel(const Shape& shape);

/// [01.1] The strides of a tensor whose elements lie one after the other, the
/// last index running fastest: (2, 3, 4) has the strides (12, 4, 1). A
/// dimension of extent 0 counts as 1, so that no stride is 0.
/// @throws ShapeError  as numel() does
Strides row_major_strides(const Shape& shape);

/// [01.9] The shape of an operation on tensors of shapes `a` and `b`. Shapes
/// are compared from the right; missing dimensions count as 1; two extents fit
/// if they are equal or one of them is 1.
/// @throws ShapeError  naming `operation` and both shapes if they do not fit
Shape broadcast_shapes(const char* operation, const Shape& a, const Shape& b);

class Node;  // A tensor's place in the graph of computations: autograd.hpp.

class Tensor {
 public:
  /// The empty tensor: shape (0,). Costs no allocation.
  Tensor();

  /// A scalar: shape ().
  explicit Tensor(float value);

  /// Nested braces: Tensor{{1, 2, 3}, {4, 5, 6}} has the shape (2, 3).
  /// @throws ShapeError  if the rows differ in length
  Tensor(std::initializer_list<NestedList> rows);

  /// [01.2] A contiguous tensor with a copy of `values` in row-major order.
  /// @throws ShapeError  unless values.size() == numel(shape)
  Tensor(Shape shape, const std::vector<float>& values);

  // -- Factories --------------------------------------------------------------

  /// A contiguous tensor whose elements are not initialised: for kernels that
  /// write every element.
  static Tensor empty(Shape shape);

  static Tensor zeros(Shape shape);              ///< [01.4] every element 0
  static Tensor ones(Shape shape);               ///< [01.4] every element 1
  static Tensor full(Shape shape, float value);  ///< [01.4] every element value

  /// [01.4] start, start + step, ... up to but excluding `stop`: shape
  /// (ceil((stop - start) / step),), empty if stop lies before start. Element
  /// i is start + i * step, computed in double so that steps do not drift.
  /// @throws ValueError  if step is 0 or an argument is not finite
  /// @throws ShapeError  if there are more elements than fit into 64 bits
  static Tensor arange(float start, float stop, float step = 1.0f);

  /// [01.4] The identity matrix: shape (n, n), or (n, m) where m is given.
  static Tensor eye(std::int64_t n, std::optional<std::int64_t> m = {});

  /// [01.4] Independent normal numbers, mean 0 and standard deviation 1, drawn
  /// from `generator` in row-major order.
  static Tensor randn(Shape shape, Generator& generator = default_generator());

  /// [01.4] Independent uniform numbers in [low, high), in row-major order.
  /// @throws ValueError  unless low <= high and both are finite
  static Tensor uniform(Shape shape, float low = 0.0f, float high = 1.0f,
                        Generator& generator = default_generator());

  // -- What a tensor is -------------------------------------------------------

  const Shape& shape() const { return state_->shape; }
  const Strides& strides() const { return state_->strides; }
  std::int64_t rank() const {
    return static_cast<std::int64_t>(state_->shape.size());
  }
  /// The number of elements.
  std::int64_t size() const { return state_->size; }
  /// The extent of one dimension; -1 is the last.
  /// @throws IndexError  if there is no such dimension
  std::int64_t size(std::int64_t axis) const;
  /// Where this tensor's first element lies in its storage.
  std::int64_t offset() const { return state_->offset; }
  const std::shared_ptr<Storage>& storage() const { return state_->storage; }
  /// Whether nothing else can see this memory: no copy of this handle, no view.
  bool owns_storage() const {
    return state_.use_count() == 1 && storage().use_count() == 1;
  }

  /// The first element; the others follow at multiples of the strides.
  const float* data() const { return state_->storage->data() + state_->offset; }
  /// The same for writing. Every tensor that shares the memory sees the change.
  float* mutable_data() {
    return state_->storage->mutable_data() + state_->offset;
  }

  // -- Elements ---------------------------------------------------------------

  /// [01.3] One element; negative coordinates count from the end.
  /// @throws IndexError  if a coordinate is out of range, or their number is
  ///   not the rank
  float at(const Index& index) const;

  /// [01.3] Overwrites one element, in place and for every view of it.
  /// @throws IndexError  as at() does
  void set(const Index& index, float value);

  /// [01.3] The only element, whatever the rank.
  /// @throws ValueError  unless size() == 1
  float item() const;

  // -- Memory -----------------------------------------------------------------

  /// [01.5] Whether the elements lie in row-major order without gaps. Strides
  /// of dimensions with extent 1 do not matter; an empty tensor is contiguous.
  bool is_contiguous() const;

  /// [01.5] This tensor if it is contiguous, otherwise a contiguous copy.
  Tensor contiguous() const;

  /// [01.5] A contiguous copy that shares nothing.
  Tensor clone() const;

  /// All elements in row-major order.
  std::vector<float> to_vector() const;

  // -- Views ------------------------------------------------------------------

  /// [01.6] The same elements, in the same row-major order, under another
  /// shape. One extent may be -1 and is inferred. A view where the memory is
  /// contiguous, a copy otherwise.
  /// @throws ShapeError  if the number of elements differs, a second -1 or
  ///   another negative extent is given, or -1 is ambiguous (0 elements)
  Tensor reshape(Shape shape) const;

  /// [01.7] Swaps two dimensions. A view.
  /// @throws IndexError  if there is no such dimension
  Tensor transpose(std::int64_t dim0, std::int64_t dim1) const;

  /// [01.7] Swaps the last two dimensions. A tensor of rank 0 or 1 stays as it
  /// is. A view.
  Tensor transpose() const;

  /// [01.7] Reorders all dimensions: dimension i of the result is dimension
  /// dims[i] of this tensor. A view.
  /// @throws ShapeError  unless dims names every dimension exactly once
  /// @throws IndexError  if there is no such dimension
  Tensor permute(const std::vector<std::int64_t>& dims) const;

  static constexpr std::int64_t kEnd = std::numeric_limits<std::int64_t>::max();

  /// [01.8] The elements start, start + step, ... before `stop` of one
  /// dimension, as Python's start:stop:step: negative bounds count from the
  /// end, bounds outside are clamped, an empty result is legal. A view.
  /// @throws ValueError  unless step >= 1
  /// @throws IndexError  if there is no such dimension
  Tensor slice(std::int64_t dim, std::int64_t start, std::int64_t stop = kEnd,
               std::int64_t step = 1) const;

  /// [01.9] Repeats dimensions of extent 1, and adds dimensions on the left,
  /// until the shape is `shape`; repeated dimensions have stride 0, so no
  /// element is copied. A view.
  /// @throws ShapeError  if the shape cannot be reached
  Tensor broadcast_to(const Shape& shape) const;

  // -- Matrix product ---------------------------------------------------------

  /// [01.11] The matrix product, as PyTorch's matmul:
  ///   (m, k) x (k, n) -> (m, n)
  ///   (k) x (k) -> (), (k) x (k, n) -> (n), (m, k) x (k) -> (m)
  ///   higher ranks: the last two dimensions are the matrices, all others are
  ///   broadcast: (2, 1, m, k) x (3, k, n) -> (2, 3, m, n)
  /// @throws ShapeError  if the inner dimensions differ, the outer ones do not
  ///   broadcast, or a tensor is a scalar
  Tensor matmul(const Tensor& other) const;

  // -- Reductions -------------------------------------------------------------
  //
  // Along `axis` (negative counts from the end) or, without one, over all
  // elements. keepdims keeps the reduced dimension with extent 1, so that the
  // result broadcasts against this tensor. NaN in, NaN out.
  // @throws IndexError  if there is no such axis; a scalar has the axes 0 and
  //   -1, as in PyTorch, and stays a scalar

  /// [01.12] The sum, added up in double; 0 where there are no elements.
  Tensor sum(std::optional<std::int64_t> axis = {},
             bool keepdims = false) const;

  /// [01.12] The average; NaN where there are no elements.
  Tensor mean(std::optional<std::int64_t> axis = {},
              bool keepdims = false) const;

  /// [01.13] The largest element.
  /// @throws ShapeError  if the axis has no elements to choose from
  Tensor max(std::optional<std::int64_t> axis = {},
             bool keepdims = false) const;

  /// [01.13] The smallest element.
  /// @throws ShapeError  if the axis has no elements to choose from
  Tensor min(std::optional<std::int64_t> axis = {},
             bool keepdims = false) const;

  /// [01.13] The position of the largest element: the first one if there are
  /// several, the first NaN if there is one. Without an axis, the position in
  /// row-major order. Positions are stored as floats, exact up to 2^24.
  /// @throws ShapeError  if the axis has no elements to choose from
  Tensor argmax(std::optional<std::int64_t> axis = {},
                bool keepdims = false) const;

  // -- Gradients --------------------------------------------------------------
  //
  // Nothing happens with the mark requires_grad before enable_autograd() of
  // autograd.hpp. From then on, every result that depends on a marked tensor is
  // marked too, and remembers how it was computed.

  /// Whether gradients are wanted: for a parameter to be learned, and for all
  /// that is computed from one.
  bool requires_grad() const { return state_->requires_grad; }

  /// Marks a tensor as a parameter to be learned. Without the mark it gets no
  /// gradient any more, and forgets the one that it has.
  /// @throws AutogradError  when taking the mark from a computed tensor: use
  ///   detach()
  Tensor& set_requires_grad(bool on = true);

  /// [05.3] Adds the gradient of this tensor, a loss of one element, to grad()
  /// of every leaf (a marked tensor that was not computed) that it depends on.
  /// The graph is used up, unless it is to be kept.
  /// @throws AutogradError  if this tensor depends on no marked tensor, or the
  ///   graph has been used up by an earlier backward()
  /// @throws ShapeError  unless size() == 1
  void backward(bool keep_graph = false) const;

  /// [05.3] The same for a tensor of any shape: `gradient` is what the gradient
  /// of a later loss with respect to this tensor would be.
  /// @throws ShapeError  unless gradient has this tensor's shape
  void backward(const Tensor& gradient, bool keep_graph = false) const;

  /// Whether backward() has left a gradient here since zero_grad().
  bool has_grad() const;

  /// The gradient, of this tensor's shape. What backward() leaves is contiguous
  /// and shares no memory with any other tensor's gradient.
  /// @throws AutogradError  if there is none
  Tensor grad() const;

  /// Replaces the gradient.
  /// @throws ShapeError  unless it has this tensor's shape
  /// @throws AutogradError  of a Tensor(): all of these are one
  void set_grad(Tensor gradient) const;

  /// [05.3] Forgets the gradient. has_grad() is false afterwards: a gradient
  /// of zeros would cost memory, and an optimizer's step.
  void zero_grad() const;

  /// The same memory without the past: not marked, and unknown to autograd.
  Tensor detach() const;

  /// This tensor's place in the graph; null if it requires no gradient.
  const std::shared_ptr<Node>& node() const;

  /// For the engine: this tensor was computed by the operation of `node`.
  void set_node(std::shared_ptr<Node> node) const;

  // -- Views by hand ----------------------------------------------------------

  /// A tensor over existing memory: the raw material of every view.
  /// @throws ShapeError  if shape and strides differ in length, or an element
  ///   would lie outside the storage
  /// @throws ValueError  if there is no storage
  static Tensor view(std::shared_ptr<Storage> storage, Shape shape,
                     Strides strides, std::int64_t offset);

 private:
  struct State {
    std::shared_ptr<Storage> storage;
    Shape shape;
    Strides strides;
    std::int64_t offset = 0;
    std::int64_t size = 0;
    bool requires_grad = false;
    std::shared_ptr<Node> node;
  };
  explicit Tensor(std::shared_ptr<State> state) : state_(std::move(state)) {}
  static const std::shared_ptr<State>& empty_state();

  std::shared_ptr<State> state_;
};

// -- Arithmetic ---------------------------------------------------------------
//
// [01.10] Element by element, with broadcasting; a number stands for a tensor
// of shape (). Division by zero gives what IEEE 754 says: inf, -inf or NaN.
// @throws ShapeError  if the shapes do not broadcast

Tensor operator+(const Tensor& a, const Tensor& b);
Tensor operator-(const Tensor& a, const Tensor& b);
Tensor operator*(const Tensor& a, const Tensor& b);
Tensor operator/(const Tensor& a, const Tensor& b);
Tensor operator-(const Tensor& a);

inline Tensor operator+(const Tensor& a, float b) { return a + Tensor(b); }
inline Tensor operator-(const Tensor& a, float b) { return a - Tensor(b); }
inline Tensor operator*(const Tensor& a, float b) { return a * Tensor(b); }
inline Tensor operator/(const Tensor& a, float b) { return a / Tensor(b); }
inline Tensor operator+(float a, const Tensor& b) { return Tensor(a) + b; }
inline Tensor operator-(float a, const Tensor& b) { return Tensor(a) - b; }
inline Tensor operator*(float a, const Tensor& b) { return Tensor(a) * b; }
inline Tensor operator/(float a, const Tensor& b) { return Tensor(a) / b; }

// -- Comparison and text ------------------------------------------------------

/// [01.14] Whether |a - b| <= atol + rtol * |b| everywhere, with broadcasting.
/// Infinities are close only to themselves; NaN is close to NaN only if
/// `equal_nan`. The defaults are PyTorch's.
/// @throws ShapeError  if the shapes do not broadcast
/// @throws ValueError  if a tolerance is negative or NaN
bool allclose(const Tensor& a, const Tensor& b, float rtol = 1e-5f,
              float atol = 1e-8f, bool equal_nan = false);

/// "Tensor([1, 2], shape=(2,))", with a line of its own for each row of a
/// matrix. Of more than 1000 elements, only the first and last three along
/// each dimension are shown.
std::string to_string(const Tensor& tensor);
std::ostream& operator<<(std::ostream& out, const Tensor& tensor);

}  // namespace tinytorch
