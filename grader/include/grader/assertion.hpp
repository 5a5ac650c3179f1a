// What a failed assertion says, for people.
#pragma once

#include <string>

namespace grader {

/// What does not apply is empty.
struct AssertionParts {
  std::string expected;
  std::string got;
  std::string difference;  ///< "expected 3 at index 0"
};

/// Takes apart "3 == 4", or what a matcher says: "[1, 2] expected 3 at index
/// 0". Of any other assertion `got` is the text with values, if that tells more
/// than the expression.
AssertionParts assertion_parts(const std::string& expression,
                               const std::string& expanded);

}  // namespace grader
