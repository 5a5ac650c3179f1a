// The vocabulary of shapes, and the checks that every operation shares.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tinytorch {

/// The extent of each dimension, outermost first: {rows, columns}. An empty
/// shape is a scalar; an extent of 0 is legal and means "no elements".
using Shape = std::vector<std::int64_t>;

/// For each dimension, how many elements apart two neighbours lie in memory.
/// 0 repeats one element along the dimension (broadcasting).
using Strides = std::vector<std::int64_t>;

/// One coordinate per dimension. Negative coordinates count from the end.
using Index = std::vector<std::int64_t>;

/// "(2, 3)"; a rank 1 shape is "(3,)" and a scalar's is "()", as in Python.
std::string to_string(const Shape& shape);

/// The axis counted from 0: -1 is the last of `rank` dimensions.
/// @throws IndexError  unless -rank <= axis < rank
std::int64_t normalize_axis(const char* operation, std::int64_t axis,
                            std::int64_t rank);

}  // namespace tinytorch
