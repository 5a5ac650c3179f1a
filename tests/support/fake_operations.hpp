// Operations for tests of the engine, each with a rule. They compute without
// any code of the student except numel and row_major_strides.
#pragma once

#include "support/gradients.hpp"

namespace test {

/// 2 x. Its rule needs nothing saved.
tinytorch::Tensor twice(const tinytorch::Tensor& x);

/// x + y, of one shape. Its rule hands the same tensor to both inputs.
tinytorch::Tensor plus(const tinytorch::Tensor& x, const tinytorch::Tensor& y);

/// x y, of one shape. Its rule needs the inputs.
tinytorch::Tensor times(const tinytorch::Tensor& x, const tinytorch::Tensor& y);

/// e^x. Its rule needs the output.
tinytorch::Tensor raised(const tinytorch::Tensor& x);

/// x, by a rule whose gradient has the shape (7,).
tinytorch::Tensor misshapen(const tinytorch::Tensor& x);

/// x, by a rule that returns no gradient.
tinytorch::Tensor forgetful(const tinytorch::Tensor& x);

/// x, by an operation that has no rule.
tinytorch::Tensor unknown(const tinytorch::Tensor& x);

/// How often these rules have been asked since reset_rule_calls().
int rule_calls();
void reset_rule_calls();

/// Called by Engine.
void register_fake_rules();

}  // namespace test
