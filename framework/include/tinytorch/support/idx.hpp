// IDX: the file format of MNIST and of the digits that come with the course.
//
// A file is two zero bytes, the type of its elements (8: unsigned bytes), the
// rank, each extent as 32 bits with the high byte first, and then the elements
// in row-major order: 00 00 08 03 begins a file of images, 00 00 08 01 one of
// labels. We read and write unsigned bytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "tinytorch/tensor.hpp"

namespace tinytorch {

struct IdxArray {
  Shape shape;
  std::vector<std::uint8_t> bytes;  ///< in row-major order
};

/// Reads an IDX file, also one packed by gzip, whatever its name.
/// @throws std::runtime_error  naming the file and what is wrong: it cannot be
///   read, is no IDX file, holds other elements than unsigned bytes, has a rank
///   outside 1 to 8, is cut short, or other bytes follow
IdxArray load_idx(const std::filesystem::path& file);

/// Writes an IDX file, packed if its name ends in .gz. A file that is there
/// already is replaced as a whole or not at all. The same array gives the same
/// bytes.
/// @throws ValueError  unless the rank is 1 to 8, every extent fits into 32
///   bits, and there are as many bytes as the shape says
/// @throws std::runtime_error  if the file cannot be written
void save_idx(const std::filesystem::path& file, const IdxArray& array);

/// The bytes as floats, each times `scale`: 1 / 255.0f makes 0 to 1 of pixels.
/// @throws ShapeError  if there are more or fewer bytes than the shape says
Tensor to_tensor(const IdxArray& array, float scale = 1.0f);

}  // namespace tinytorch
