#include "grader/assertion.hpp"

namespace grader {
namespace {

/// Left and right of the only " == " in "3 == 4"; false if there is not
/// exactly one, or the text has several lines.
bool split_equality(const std::string& text, AssertionParts& parts) {
  static const std::string sign = " == ";
  const std::size_t at = text.find(sign);
  if (at == std::string::npos || text.find('\n') != std::string::npos ||
      text.find(sign, at + 1) != std::string::npos) {
    return false;
  }
  parts.got = text.substr(0, at);
  parts.expected = text.substr(at + sign.size());
  return true;
}

/// A matcher's text follows the value.
bool split_matcher(const std::string& text, AssertionParts& parts) {
  const std::size_t at = text.rfind(" expected ");
  if (at == std::string::npos) return false;
  parts.got = text.substr(0, at);
  parts.difference = text.substr(at + 1);
  return true;
}

}  // namespace

AssertionParts assertion_parts(const std::string& expression,
                               const std::string& expanded) {
  AssertionParts parts;
  if (split_equality(expanded, parts) || split_matcher(expanded, parts)) {
    return parts;
  }
  if (expanded != expression) parts.got = expanded;
  return parts;
}

}  // namespace grader
