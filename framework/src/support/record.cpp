#include "tinytorch/support/record.hpp"

#include <utility>

#include "tinytorch/tensor.hpp"

namespace tinytorch {
namespace {

Recorder installed = nullptr;

}  // namespace

Recorder set_recorder(Recorder recorder) {
  return std::exchange(installed, recorder);
}

Tensor record(std::string_view operation,
              std::initializer_list<const Tensor*> inputs, Tensor output,
              const Shape& attributes) {
  if (installed != nullptr) installed(operation, inputs, output, attributes);
  return output;
}

}  // namespace tinytorch
