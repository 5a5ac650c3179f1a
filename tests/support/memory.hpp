// Tensors in memory, made and read without the student's code: only numel and
// row_major_strides, on which every tensor rests, are relied on.
#pragma once

#include <vector>

#include "tinytorch/tensor.hpp"

namespace test {

/// A contiguous tensor, without the constructors under test.
tinytorch::Tensor make(const tinytorch::Shape& shape,
                       const std::vector<float>& values);

/// The values of a tensor in row-major order, read through its strides.
std::vector<float> values(const tinytorch::Tensor& tensor);

/// The same values in memory that is not contiguous: the strides of the
/// dimensions are reversed, and there is a gap between neighbours.
tinytorch::Tensor scattered(const tinytorch::Shape& shape,
                            const std::vector<float>& values);

/// Whether writing to one of two tensors may change the other: both lie in the
/// same storage.
bool shares_memory(const tinytorch::Tensor& a, const tinytorch::Tensor& b);

/// 0, 1, 2, ... as values for a shape.
std::vector<float> counting(const tinytorch::Shape& shape);

/// How many elements a shape has.
std::int64_t count(const tinytorch::Shape& shape);

/// The coordinates of element i in row-major order.
tinytorch::Index unravel(std::int64_t i, const tinytorch::Shape& shape);

}  // namespace test
