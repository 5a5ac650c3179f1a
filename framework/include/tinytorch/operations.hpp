// Operations that later modules need, each with its way back: optimizers and
// normalisation use sqrt, attention masked_fill, text embedding.
//
// They show all there is to a new operation: compute, record, and a rule for
// autograd.
//
// Functions marked [05.x] are written by the student in module 05.
#pragma once

#include <vector>

#include "tinytorch/tensor.hpp"

namespace tinytorch {

/// [05.12] e^x, element by element: inf above 88.7.
Tensor exp(const Tensor& x);

/// [05.12] The natural logarithm, element by element: -inf at 0, NaN below.
Tensor log(const Tensor& x);

/// [05.12] The square root, element by element: NaN below 0.
Tensor sqrt(const Tensor& x);

/// [05.12] x^exponent, element by element, as std::pow. The gradient with
/// exponent 0 is 0 everywhere.
Tensor pow(const Tensor& x, float exponent);

/// [05.13] The tensors one after the other along `dim`: shapes (2, 3) and
/// (4, 3) along dim 0 give (6, 3).
/// @throws ValueError  if there are none
/// @throws ShapeError  unless all have the same rank, at least 1, and the same
///   extents but for `dim`
/// @throws IndexError  if there is no such dimension
Tensor concatenate(const std::vector<Tensor>& tensors, std::int64_t dim = 0);

/// [05.13] Looks up rows: the indices' shape (...), and the table's (N, D),
/// give (..., D). A row that is looked up twice gets both gradients.
/// @throws ShapeError  unless the table has rank 2
/// @throws ValueError  if an index is not a whole number
/// @throws IndexError  if an index is no row
Tensor embedding(const Tensor& table, const Tensor& indices);

/// [05.13] x, with `value` wherever `mask` is not 0. The mask is broadcast to
/// the shape of x; elements that were replaced have gradient 0.
/// @throws ShapeError  unless the mask broadcasts to the shape of x
Tensor masked_fill(const Tensor& x, const Tensor& mask, float value);

}  // namespace tinytorch
