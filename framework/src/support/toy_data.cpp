#include "tinytorch/support/toy_data.hpp"

namespace tinytorch {

LabelledPoints two_clusters(Generator& generator) {
  constexpr std::int64_t kPerClass = 50;
  constexpr float kSpread = 0.4f;
  std::vector<float> points, labels;
  for (std::int64_t i = 0; i < 2 * kPerClass; ++i) {
    const bool second = i >= kPerClass;
    const float centre = second ? 3.0f : 1.0f;
    float x = 0.0f, y = 0.0f;
    do {
      x = centre + kSpread * generator.normal();
      y = centre + kSpread * generator.normal();
    } while ((x + y > 4.0f) != second);
    points.insert(points.end(), {x, y});
    labels.push_back(second ? 1.0f : 0.0f);
  }
  return {Tensor({2 * kPerClass, 2}, points),
          Tensor({2 * kPerClass, 1}, labels)};
}

LabelledPoints exclusive_or() {
  return {Tensor({4, 2}, {0, 0, 0, 1, 1, 0, 1, 1}),
          Tensor({4, 1}, {0, 1, 1, 0})};
}

}  // namespace tinytorch
