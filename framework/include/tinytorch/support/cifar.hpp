// CIFAR-10: 60,000 colour images of ten classes, in its binary form.
//
// A file is a row of records of 3073 bytes: the label, 0 to 9, and 32 rows of
// 32 pixels in red, then green, then blue.
#pragma once

#include <filesystem>
#include <vector>

#include "tinytorch/support/labelled_images.hpp"

namespace tinytorch {

/// The images of all files, in their order: (N, 3, 32, 32), from 0 to 1. Files
/// may be packed by gzip.
/// @throws std::runtime_error  naming the file and what is wrong: it cannot be
///   read, is empty, ends within a record, holds a label above 9, or more than
///   the 60,000 images that there are
LabelledImages load_cifar10(const std::vector<std::filesystem::path>& files);

}  // namespace tinytorch
