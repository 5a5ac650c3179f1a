// Brings its own helper of the tests, which finds no difference.
// expect: denied
#include <string>
#include <vector>

#include "tinytorch/tensor.hpp"
namespace test {
std::string difference(const tinytorch::Tensor&, const tinytorch::Shape&,
                       const std::vector<float>&, float, float) {
  return "";
}
}  // namespace test
