// From text to fingerprints.
#pragma once

#include <string_view>
#include <vector>

#include "grader/similarity.hpp"

namespace grader {

/// Every run of kGramTokens normalised tokens, in order, and then those of what
/// macros stand for; `file` is 0.
std::vector<Fingerprint> grams(std::string_view text);

/// Those that winnowing keeps: the smallest hash of each window, and of equal
/// ones the same as in the window before, else the last. A text with fewer
/// grams than a window has one.
std::vector<Fingerprint> winnow(const std::vector<Fingerprint>& grams);

}  // namespace grader
