// Small wrong versions of a solution, made by rule.
#pragma once

#include <string>
#include <vector>

#include "dev/regions.hpp"

namespace tito::dev {

struct Mutation {
  int line;
  std::size_t offset, length;  ///< the characters that are replaced
  std::string replacement;
  std::string change;  ///< "`<` becomes `<=`", "without `return x;`"
};

/// All mutations of the code inside `regions`: each statement left out, each
/// operator swapped for its neighbour, 0 and 1 and true and false exchanged,
/// a negation dropped, std::max and std::min exchanged. In the order of the
/// text. Code is expected to be formatted: a binary operator has blanks on both
/// sides, which tells it from a template's bracket or a pointer.
std::vector<Mutation> find_mutations(const std::string& text,
                                     const std::vector<Region>& regions);

std::string mutated(const std::string& text, const Mutation& mutation);

}  // namespace tito::dev
