// Where statements begin and end.
#pragma once

#include <vector>

#include "dev/tokens.hpp"

namespace tito::dev {

/// Tokens [first, last], the semicolon or the closing brace included.
struct Statement {
  std::size_t first;
  std::size_t last;
};

/// A function body: the tokens of its braces.
struct Body {
  std::size_t open;
  std::size_t close;
};

struct CodeMap {
  /// Every statement inside a function body, an outer one before those inside
  /// it. Blocks and labels are not statements of their own.
  std::vector<Statement> statements;
  /// Every function that is defined, lambdas excluded.
  std::vector<Body> functions;
};

/// Reads well-formed, conventionally written C++.
CodeMap map_code(const std::vector<Token>& tokens);

}  // namespace tito::dev
