// C++ text as tokens: enough to compare code, and to change it without touching
// strings, comments or preprocessor lines. Not a compiler: the compiler judges.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace grader {

struct Token {
  enum class Kind { word, number, string, character, punctuation };
  Kind kind;
  std::size_t offset;     ///< of its first character in the text
  int line;               ///< of its first character, from 1
  int last_line;          ///< of its last character
  std::string_view text;  ///< points into the text

  bool is(std::string_view other) const { return text == other; }
  std::size_t end() const { return offset + text.size(); }
};

/// All tokens of `text`, which must outlive them. Comments and preprocessor
/// lines are left out; raw strings, digit separators and the longest operators
/// are known. A string that is never closed ends with its line.
std::vector<Token> tokenize(std::string_view text);

}  // namespace grader
