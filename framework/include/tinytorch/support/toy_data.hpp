// Small data sets that are made, not loaded.
#pragma once

#include "tinytorch/tensor.hpp"

namespace tinytorch {

struct LabelledPoints {
  Tensor points;  ///< (N, 2)
  Tensor labels;  ///< (N, 1), 0 or 1
};

/// 50 points around (1, 1), labelled 0, then 50 around (3, 3), labelled 1, with
/// a standard deviation of 0.4. A point on the wrong side of x + y = 4 is drawn
/// again, so that a line that separates the classes always exists.
LabelledPoints two_clusters(Generator& generator);

/// The four corners of the unit square, labelled 1 where the coordinates
/// differ: exclusive or.
LabelledPoints exclusive_or();

}  // namespace tinytorch
