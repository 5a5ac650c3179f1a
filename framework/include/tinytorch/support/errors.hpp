// Every error that the framework throws.
//
// A message names the operation, the values that were wrong and the fix. The
// types derive from the standard ones, so `catch (const std::exception&)`
// sees them all.
#pragma once

#include <stdexcept>
#include <string>

namespace tinytorch {

/// An argument has the right type but a value the operation cannot accept.
class ValueError : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// Shapes do not fit together, or a shape is itself impossible.
class ShapeError : public ValueError {
 public:
  using ValueError::ValueError;
};

/// An index or an axis lies outside a tensor.
class IndexError : public std::out_of_range {
 public:
  using std::out_of_range::out_of_range;
};

/// The machine has not enough memory for a tensor.
class MemoryError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The graph of computations does not allow this: there is none, it has been
/// used up, or a value that it needs has been overwritten.
class AutogradError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// A task that the student has not written yet.
///
/// The text begins with "NotImplemented: " and the task's id, which is how the
/// test runner tells "not written yet" from "wrong".
class NotImplemented : public std::logic_error {
 public:
  NotImplemented(const std::string& task, const std::string& name)
      : std::logic_error("NotImplemented: " + task + " " + name) {}
};

/// Throws NotImplemented. Every generated stub consists of this one call; the
/// unused arguments of the function are passed so that no warning is raised.
template <class... Unused>
[[noreturn]] void not_implemented(const char* task, const char* name,
                                  const Unused&...) {
  throw NotImplemented(task, name);
}

}  // namespace tinytorch
