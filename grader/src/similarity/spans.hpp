// Where two submissions are the same.
#pragma once

#include <vector>

#include "grader/similarity.hpp"

namespace grader {

/// In the order of the left side, at most 100. No code is paired twice, however
/// often it is repeated; the longest match goes first.
std::vector<MatchedSpan> matched_spans(const CodePrint& left,
                                       const CodePrint& right);

}  // namespace grader
