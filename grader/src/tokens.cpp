#include "grader/tokens.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace grader {
namespace {

bool starts_word(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool is_digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

bool continues_word(char c) { return starts_word(c) || is_digit(c); }

constexpr std::size_t kLongestDelimiter = 16;

// Longest first.
constexpr std::array<std::string_view, 26> kOperators = {
    "<<=", ">>=", "...", "->*", "<=>", "::", "->", "++", "--",
    "<<",  ">>",  "<=",  ">=",  "==",  "!=", "&&", "||", "+=",
    "-=",  "*=",  "/=",  "%=",  "&=",  "|=", "^=", ".*"};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<Token> run() {
    while (at_ < text_.size()) step();
    return std::move(tokens_);
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool sees(std::string_view what) const {
    return text_.substr(at_).starts_with(what);
  }

  void step() {
    const char c = peek();
    if (c == '\n') {
      line_start_ = true;
      skip(1);
    } else if (c == ' ' || c == '\t' || c == '\r') {
      skip(1);
    } else if (sees("//")) {
      skip_line();
    } else if (sees("/*")) {
      const std::size_t end = text_.find("*/", at_ + 2);
      skip(std::min(end, text_.size() - 2) + 2 - at_);
    } else if (c == '#' && line_start_) {
      skip_line();
    } else {
      line_start_ = false;
      token(c);
    }
  }

  void token(char c) {
    using Kind = Token::Kind;
    if (raw_prefix() > 0) {
      add(Kind::string, raw_string_length());
    } else if (starts_word(c)) {
      add(Kind::word, length_while(continues_word));
    } else if (is_digit(c) || (c == '.' && is_digit(peek(1)))) {
      add(Kind::number, number_length());
    } else if (c == '"') {
      add(Kind::string, quoted_length());
    } else if (c == '\'') {
      add(Kind::character, quoted_length());
    } else {
      add(Kind::punctuation, operator_length());
    }
  }

  void add(Token::Kind kind, std::size_t length) {
    const std::size_t offset = at_;
    const int line = line_;
    skip(length);
    tokens_.push_back(
        {kind, offset, line, line_, text_.substr(offset, length)});
  }

  void skip(std::size_t length) {
    const std::string_view passed = text_.substr(at_, length);
    line_ += static_cast<int>(std::count(passed.begin(), passed.end(), '\n'));
    at_ += passed.size();
  }

  /// To the end of the line, and on where a backslash continues it.
  void skip_line() {
    while (at_ < text_.size() && peek() != '\n') {
      skip(peek() == '\\' && peek(1) == '\n' ? 2 : 1);
    }
  }

  std::size_t length_while(bool (*accepts)(char)) const {
    std::size_t length = 0;
    while (at_ + length < text_.size() && accepts(text_[at_ + length])) {
      ++length;
    }
    return length;
  }

  std::size_t number_length() const {
    const bool hex = sees("0x") || sees("0X");
    std::size_t length = 0;
    while (true) {
      const char c = peek(length);
      const bool exponent = hex ? c == 'p' || c == 'P' : c == 'e' || c == 'E';
      const char next = peek(length + 1);
      if (exponent && (next == '+' || next == '-')) {
        length += 2;
      } else if (continues_word(c) || c == '.' ||
                 (c == '\'' && continues_word(next))) {
        length += 1;
      } else {
        return length;
      }
    }
  }

  std::size_t quoted_length() const {
    const char quote = peek();
    std::size_t length = 1;
    while (at_ + length < text_.size()) {
      const char c = peek(length);
      if (c == '\n') return length;
      if (c == quote) return length + 1;
      length += c == '\\' ? 2 : 1;
    }
    return text_.size() - at_;
  }

  /// The length of R", u8R" and so on, or 0. A delimiter is short: the search
  /// for its end must not become quadratic.
  std::size_t raw_prefix() const {
    if (std::string_view("RLuU").find(peek()) == text_.npos) return 0;
    for (const std::string_view prefix :
         {"R\"", "LR\"", "uR\"", "UR\"", "u8R\""}) {
      if (!sees(prefix)) continue;
      const std::size_t start = at_ + prefix.size();
      const std::size_t open =
          text_.substr(start, kLongestDelimiter + 1).find('(');
      return open == text_.npos ? 0 : prefix.size();
    }
    return 0;
  }

  std::size_t raw_string_length() const {
    const std::size_t start = at_ + raw_prefix();
    const std::size_t open = text_.find('(', start);
    std::string close(1, ')');
    close.append(text_.substr(start, open - start)).push_back('"');
    const std::size_t end = text_.find(close, open);
    if (end == text_.npos) return text_.size() - at_;
    return end + close.size() - at_;
  }

  std::size_t operator_length() const {
    if (std::string_view("<>=.*:&|+-").find(peek(1)) == text_.npos) return 1;
    for (const std::string_view op : kOperators) {
      if (sees(op)) return op.size();
    }
    return 1;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
  bool line_start_ = true;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view text) { return Lexer(text).run(); }

}  // namespace grader
