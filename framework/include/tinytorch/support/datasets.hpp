// The data sets that come with the course, and where they lie.
#pragma once

#include <filesystem>
#include <string>

#include "tinytorch/support/labelled_images.hpp"

namespace tinytorch {

enum class Part { train, test };

/// The folder of a data set, "tinydigits": in $TINYTORCH_DATASETS if that is
/// set, otherwise in the first folder datasets/ that has it, from the working
/// directory upwards, otherwise where `tito dataset fetch` puts it.
/// @throws std::runtime_error  naming where it was looked for, and what to set
std::filesystem::path find_dataset(const std::string& name);

/// Handwritten digits of 8 x 8 pixels from 0 to 1: 1000 to train, 200 to test,
/// equally many of each class. See datasets/tinydigits/README.md.
/// @throws std::runtime_error  if the files are missing, damaged, or do not
///   hold digits
LabelledImages load_tinydigits(Part part);

/// Handwritten digits of 28 x 28 pixels from 0 to 1: 60,000 to train, 10,000 to
/// test (LeCun, Cortes and Burges, 1998). Downloaded, not shipped.
/// @throws std::runtime_error  with the command that fetches them if they are
///   not there, or if the files are damaged or hold no digits
LabelledImages load_mnist(Part part);

}  // namespace tinytorch
