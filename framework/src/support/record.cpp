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

Tensor record(std::string_view name, std::span<const Tensor* const> inputs,
              Tensor output, const Shape& attributes) {
  if (installed != nullptr) installed({name, inputs, attributes}, output);
  return output;
}

Tensor record(std::string_view name,
              std::initializer_list<const Tensor*> inputs, Tensor output,
              const Shape& attributes) {
  return record(name, std::span(inputs.begin(), inputs.size()),
                std::move(output), attributes);
}

}  // namespace tinytorch
