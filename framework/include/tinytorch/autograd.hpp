// Autograd: reverse-mode automatic differentiation.
//
// Once enabled, every operation on a tensor that requires a gradient leaves a
// Node behind: which operation it was, which nodes its inputs came from, and
// the values that its derivative needs. loss.backward() walks these nodes from
// the loss to the leaves, each one once, and multiplies derivatives on the way
// (the chain rule).
//
//   enable_autograd();
//   Tensor x = Tensor{2.0f}.set_requires_grad();
//   (x * 3.0f + 1.0f).backward();
//   x.grad();                              // Tensor([3], shape=(1,))
//
// Functions marked [05.x] are written by the student in module 05.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "tinytorch/tensor.hpp"

namespace tinytorch {

// -- Switching it on and off --------------------------------------------------

/// Installs the engine and the rules of all operations. Calling it again does
/// no harm.
void enable_autograd();

/// Whether operations of this thread are recorded (if autograd is enabled).
bool grad_enabled();

/// [05.2] While one lives, operations of this thread are not recorded: for
/// evaluation, and for changing parameters. Guards nest.
class NoGradGuard {
 public:
  NoGradGuard();
  ~NoGradGuard();
  NoGradGuard(const NoGradGuard&) = delete;
  NoGradGuard& operator=(const NoGradGuard&) = delete;

 private:
  bool before_;
};

// -- Rules --------------------------------------------------------------------

/// How a gradient passes back through one operation. Takes the gradient of the
/// loss with respect to the operation's output, and returns those with respect
/// to its inputs, in order and each of its input's shape. What stands in the
/// place of an input that needs none (see Node::needs) is ignored.
using BackwardRule = std::vector<Tensor> (*)(const Node& node,
                                             const Tensor& gradient);

/// What a rule wants to see again. Everything saved stays in memory until
/// backward(), so a rule asks for no more than it needs.
enum class Save { nothing, inputs, output };

struct Rule {
  BackwardRule backward = nullptr;
  Save save = Save::nothing;
};

/// Teaches the engine an operation, under the name that it records: a string
/// literal, of which no copy is made.
void register_rule(std::string_view operation, Rule rule);

/// @throws AutogradError  if the operation has none
Rule find_rule(std::string_view operation);

/// What enable_autograd() calls: each registers the rules of one family.
void register_arithmetic_rules();
void register_matmul_rule();
void register_reduction_rules();
void register_view_rules();
void register_activation_rules();
void register_loss_rules();
void register_operation_rules();

/// [05.4] Undoes broadcasting: adds up the elements of `gradient` that came
/// from the same element of a tensor of `shape`. Broadcasting used that element
/// several times, and gradients of several uses add up.
/// @throws ShapeError  unless `shape` broadcasts to the gradient's shape
Tensor sum_to(const Tensor& gradient, const Shape& shape);

// -- The graph ----------------------------------------------------------------

/// A tensor's value, kept for the way back. It shares the tensor's memory, not
/// its past, so that a graph never holds itself alive.
class SavedTensor {
 public:
  explicit SavedTensor(const Tensor& tensor);

  /// [05.1] The value as it was.
  /// @throws AutogradError  naming `operation` if the memory has been handed
  ///   out for writing since: its gradient would silently be wrong
  const Tensor& get(std::string_view operation) const;

 private:
  Tensor value_;
  std::uint64_t version_;  ///< the storage's, when the value was saved
};

/// One operation that took place, or a leaf: a tensor that was not computed.
class Node {
 public:
  /// A leaf.
  Node() = default;

  /// An operation that has just been carried out.
  Node(const Operation& operation, const Tensor& output, const Rule& rule);

  /// Lets go of the nodes before this one, in a loop: the destructors of
  /// a chain of 1,000,000 nodes that call each other would overflow the stack.
  ~Node();
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  // What rules ask.

  /// Whether input `i` needs a gradient.
  bool needs(std::size_t i) const { return parents.at(i) != nullptr; }
  /// The shape of input `i`.
  const Shape& shape(std::size_t i) const { return shapes_.at(i); }
  /// Input `i`. Ask only where it is needed: that no gradient depends on a
  /// tensor that was changed in place is no error.
  /// @throws AutogradError  unless the operation's rule has Save::inputs, or if
  ///   this input has been changed in place
  const Tensor& input(std::size_t i) const { return saved(Save::inputs, i); }
  /// The output.
  /// @throws AutogradError  unless the operation's rule has Save::output, or if
  ///   the output has been changed in place
  const Tensor& output() const { return saved(Save::output, 0); }
  /// The integers that the operation was given.
  const Shape& attributes() const { return attributes_; }

  // What the engine asks.

  std::string_view name() const { return name_; }
  bool is_leaf() const { return name_.empty(); }
  /// The rule applied to `gradient`, checked: a gradient of its input's shape
  /// for every input that needs one.
  /// @throws AutogradError  if the rule broke its contract
  std::vector<Tensor> apply(const Tensor& gradient) const;
  /// Frees what was saved: backward() has passed.
  void use_up();
  bool used_up() const { return used_up_; }

  /// The nodes of the inputs; null where no gradient is needed.
  std::vector<std::shared_ptr<Node>> parents;

  /// A leaf's gradient.
  std::optional<Tensor> gradient;

 private:
  const Tensor& saved(Save what, std::size_t i) const;

  std::string_view name_;
  Rule rule_;
  std::vector<Shape> shapes_;
  std::vector<SavedTensor> saved_;
  Shape attributes_;
  bool used_up_ = false;
};

/// [05.2] The engine: where recording is on and an input requires a gradient,
/// gives the output a node that leads to the nodes of these inputs. The output
/// then requires a gradient, too.
/// @throws AutogradError  if the operation has no rule
void record_operation(const Operation& operation, const Tensor& output);

}  // namespace tinytorch
