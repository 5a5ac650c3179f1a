// Where an operation reports itself, for the autograd engine to come.
//
// Each differentiable operation ends with one call of record(). As long as no
// engine is installed the call does nothing, and the code of the early modules
// need not change when module 05 arrives.
//
// An operation that calls others, such as contiguous(), lets them report first.
// Nothing leads from its result to theirs, so an engine need not care.
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

#include "tinytorch/support/shape.hpp"

namespace tinytorch {

class Tensor;

/// What an operation says of itself: its name ("matmul"), its inputs in order,
/// and the integers that it was given (an axis, a permutation), as the
/// operation's own documentation lists them.
struct Operation {
  std::string_view name;
  std::span<const Tensor* const> inputs;
  const Shape& attributes;
};

/// Receives every differentiable operation and its result.
using Recorder = void (*)(const Operation& operation, const Tensor& output);

/// Installs an engine; nullptr removes it. Returns the one that was installed.
Recorder set_recorder(Recorder recorder);

/// Reports an operation and passes its result on.
Tensor record(std::string_view name, std::span<const Tensor* const> inputs,
              Tensor output, const Shape& attributes = {});
Tensor record(std::string_view name,
              std::initializer_list<const Tensor*> inputs, Tensor output,
              const Shape& attributes = {});

}  // namespace tinytorch
