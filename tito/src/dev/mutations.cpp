#include "dev/mutations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "dev/statements.hpp"
#include "dev/tokens.hpp"

namespace tito::dev {
namespace {

using Swaps = std::map<std::string_view, std::string_view>;

const Swaps kBinary = {{"+", "-"},   {"-", "+"},   {"*", "/"},   {"/", "*"},
                       {"<", "<="},  {"<=", "<"},  {">", ">="},  {">=", ">"},
                       {"==", "!="}, {"!=", "=="}, {"&&", "||"}, {"||", "&&"},
                       {"+=", "-="}, {"-=", "+="}, {"*=", "/="}, {"/=", "*="}};
const Swaps kSteps = {{"++", "--"}, {"--", "++"}};
const Swaps kWords = {{"true", "false"}, {"false", "true"}};
const Swaps kNumbers = {{"0", "1"}, {"1", "0"}};
const Swaps kExtremes = {{"max", "min"}, {"min", "max"}};

const std::string_view* find(const Swaps& swaps, const Token& token) {
  const auto found = swaps.find(token.text);
  return found == swaps.end() ? nullptr : &found->second;
}

class Finder {
 public:
  Finder(const std::string& text, const std::vector<Region>& regions)
      : text_(text),
        tokens_(tokenize(text)),
        lines_(lines_in_regions(regions)) {}

  std::vector<Mutation> run() {
    for (const Statement& statement : map_code(tokens_).statements) {
      leave_out(statement);
    }
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (marked(tokens_[i].line)) swap(i);
    }
    std::stable_sort(mutations_.begin(), mutations_.end(),
                     [](const Mutation& a, const Mutation& b) {
                       return a.offset < b.offset;
                     });
    return std::move(mutations_);
  }

 private:
  bool marked(int line) const {
    return std::binary_search(lines_.begin(), lines_.end(), line);
  }

  void leave_out(const Statement& statement) {
    const Token& first = tokens_[statement.first];
    const Token& last = tokens_[statement.last];
    if (!marked(first.line) || !marked(last.last_line)) return;
    const std::size_t length = last.end() - first.offset;
    mutations_.push_back(
        {first.line, first.offset, length, "{}",
         fmt::format("without `{}`", shortened(first.offset, length))});
  }

  /// On one line, and not too long to read.
  std::string shortened(std::size_t offset, std::size_t length) const {
    constexpr std::size_t kReadable = 60;
    std::string line;
    for (const char c : text_.substr(offset, length)) {
      const bool blank = c == ' ' || c == '\n';
      if (!blank || !line.ends_with(' ')) line += blank ? ' ' : c;
    }
    if (line.size() > kReadable) line = line.substr(0, kReadable - 3) + "...";
    return line;
  }

  bool blank_before(const Token& token) const {
    return token.offset > 0 && std::isspace(text_[token.offset - 1]) != 0;
  }
  bool blank_after(const Token& token) const {
    return token.end() < text_.size() && std::isspace(text_[token.end()]) != 0;
  }

  void swap(std::size_t i) {
    const Token& token = tokens_[i];
    if (i > 0 && tokens_[i - 1].is("operator")) return;
    if (token.kind == Token::Kind::word) {
      swap_word(i);
    } else if (token.kind == Token::Kind::number) {
      if (const auto* other = find(kNumbers, token)) replace(token, *other);
    } else if (token.kind == Token::Kind::punctuation) {
      if (!joins_text(i)) swap_operator(token);
    }
  }

  /// A plus beside a string: anything else would not compile.
  bool joins_text(std::size_t i) const {
    const auto is_text = [this](std::size_t at) {
      return at < tokens_.size() && tokens_[at].kind == Token::Kind::string;
    };
    return tokens_[i].is("+") && (is_text(i - 1) || is_text(i + 1));
  }

  void swap_word(std::size_t i) {
    const Token& token = tokens_[i];
    if (const auto* other = find(kWords, token)) replace(token, *other);
    const bool standard =
        i > 1 && tokens_[i - 1].is("::") && tokens_[i - 2].is("std");
    const auto* other = standard ? find(kExtremes, token) : nullptr;
    if (other) replace(token, *other);
  }

  void swap_operator(const Token& token) {
    if (const auto* other = find(kSteps, token)) {
      replace(token, *other);
    } else if (blank_before(token) && blank_after(token)) {
      if (const auto* swapped = find(kBinary, token)) replace(token, *swapped);
    } else if ((token.is("-") || token.is("!")) && !blank_after(token)) {
      replace(token, "");
    }
  }

  void replace(const Token& token, std::string_view other) {
    const std::string change =
        other.empty() ? fmt::format("without the `{}`", token.text)
                      : fmt::format("`{}` becomes `{}`", token.text, other);
    mutations_.push_back({token.line, token.offset, token.text.size(),
                          std::string(other), change});
  }

  const std::string& text_;
  const std::vector<Token> tokens_;
  const std::vector<int> lines_;
  std::vector<Mutation> mutations_;
};

}  // namespace

std::vector<Mutation> find_mutations(const std::string& text,
                                     const std::vector<Region>& regions) {
  return Finder(text, regions).run();
}

std::string mutated(const std::string& text, const Mutation& mutation) {
  std::string mutant = text;
  return mutant.replace(mutation.offset, mutation.length, mutation.replacement);
}

}  // namespace tito::dev
