// Specialises, in namespace std, the comparison that tests call.
// expect: denied
#include "tinytorch/tensor.hpp"
template <>
bool std::operator==(const std::vector<std::int64_t>&,
                     const std::vector<std::int64_t>&) {
  return true;
}
