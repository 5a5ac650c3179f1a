// Images and what they show: the form in which data sets are loaded.
#pragma once

#include "tinytorch/tensor.hpp"

namespace tinytorch {

struct LabelledImages {
  Tensor
      images;  ///< (N, rows, columns) or (N, channels, rows, columns), 0 to 1
  Tensor labels;  ///< (N,), classes counted from 0
};

}  // namespace tinytorch
