#include "dev/statements.hpp"

#include <algorithm>
#include <array>

namespace tito::dev {
namespace {

template <std::size_t N>
bool one_of(const Token& token, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), token.text) != words.end();
}

constexpr std::array<std::string_view, 3> kTypes = {"struct", "class", "union"};
constexpr std::array<std::string_view, 3> kAccess = {"public", "private",
                                                     "protected"};
constexpr std::array<std::string_view, 4> kHeads = {"if", "while", "for",
                                                    "switch"};
constexpr std::array<std::string_view, 6> kAfterParameters = {
    ")", "const", "noexcept", "override", "final", "mutable"};

class Mapper {
 public:
  explicit Mapper(const std::vector<Token>& tokens) : tokens_(tokens) {}

  CodeMap run() {
    std::size_t at = 0;
    while (at < tokens_.size()) at = declaration(at);
    return std::move(map_);
  }

 private:
  bool is(std::size_t at, std::string_view text) const {
    return at < tokens_.size() && tokens_[at].is(text);
  }
  std::size_t end() const { return tokens_.size(); }

  /// One past the bracket that closes the one at `at`.
  std::size_t past_bracket(std::size_t at) const {
    int depth = 0;
    for (; at < end(); ++at) {
      if (is(at, "(") || is(at, "[") || is(at, "{")) ++depth;
      if (is(at, ")") || is(at, "]") || is(at, "}")) --depth;
      if (depth == 0) return at + 1;
    }
    return end();
  }

  // Each function below reads what starts at `at` and returns one past it.

  /// At namespace or class scope: anything up to its semicolon or body.
  std::size_t declaration(std::size_t at) {
    if (one_of(tokens_[at], kAccess) && is(at + 1, ":")) return at + 2;
    bool type = false, value = false, list = false, enumeration = false;
    for (const std::size_t start = at; at < end(); ++at) {
      const Token& token = tokens_[at];
      if (token.is(";") || token.is("}")) return at + 1;
      if (token.is("namespace") || token.is("extern")) type = true;
      if (token.is("template") && is(at + 1, "<")) at = past_angles(at + 1) - 1;
      if (one_of(token, kTypes)) type = true;
      if (token.is("enum")) enumeration = true;
      if (token.is("=") && !is(at - 1, "operator")) value = true;
      if (token.is(":") && at > start) list = true;
      if (token.is("(") || token.is("[")) {
        type = type && token.is("[");
        at = past_bracket(at) - 1;
      } else if (token.is("{")) {
        if (enumeration) {
          at = past_bracket(at) - 1;
        } else if (value) {
          at = braces(at) - 1;
        } else if (type) {
          return scope(at);
        } else if (follows_parameters(at) || (list && is(at - 1, "}"))) {
          return function(at);
        } else {
          at = past_bracket(at) - 1;
        }
      }
    }
    return end();
  }

  std::size_t past_angles(std::size_t at) const {
    int depth = 0;
    for (; at < end(); ++at) {
      if (is(at, "(")) at = past_bracket(at) - 1;
      if (is(at, "<")) ++depth;
      if (is(at, ">")) depth -= 1;
      if (is(at, ">>")) depth -= 2;
      if (depth <= 0) return at + 1;
    }
    return end();
  }

  /// The members of a namespace or a class.
  std::size_t scope(std::size_t at) {
    ++at;
    while (at < end() && !is(at, "}")) at = declaration(at);
    return at + 1;
  }

  std::size_t function(std::size_t at) {
    const std::size_t index = map_.functions.size();
    map_.functions.push_back({at, at});
    const std::size_t past = block(at);
    map_.functions[index].close = past - 1;
    return past;
  }

  std::size_t block(std::size_t at) {
    ++at;
    while (at < end() && !is(at, "}")) at = statement(at);
    return at + 1;
  }

  std::size_t statement(std::size_t at) {
    if (is(at, "{")) return block(at);
    if (is(at, "case") || is(at, "default")) return label(at);
    const std::size_t index = map_.statements.size();
    map_.statements.push_back({at, at});
    const std::size_t past = body_of_statement(at);
    map_.statements[index].last = std::min(past, end()) - 1;
    return past;
  }

  std::size_t label(std::size_t at) {
    while (at < end() && !is(at, ":")) ++at;
    return at + 1;
  }

  std::size_t body_of_statement(std::size_t at) {
    if (one_of(tokens_[at], kHeads)) return controlled(at);
    if (is(at, "do")) return simple(statement(at + 1));
    if (is(at, "try")) return handlers(block(at + 1));
    if (one_of(tokens_[at], kTypes)) return declaration(at);
    return simple(at);
  }

  std::size_t controlled(std::size_t at) {
    ++at;
    while (at < end() && !is(at, "(")) ++at;
    const std::size_t head = past_bracket(at);
    lambdas(at + 1, head);
    std::size_t past = statement(head);
    if (is(past, "else")) past = statement(past + 1);
    return past;
  }

  std::size_t handlers(std::size_t at) {
    while (is(at, "catch")) at = block(past_bracket(at + 1));
    return at;
  }

  /// Up to the semicolon; blocks of lambdas on the way are read as code.
  std::size_t simple(std::size_t at) {
    for (; at < end(); ++at) {
      if (is(at, ";")) return at + 1;
      if (is(at, "}")) return at;
      if (is(at, "{")) {
        at = braces(at) - 1;
      } else if (is(at, "(") || is(at, "[")) {
        const std::size_t past = past_bracket(at);
        lambdas(at + 1, past);
        at = past - 1;
      }
    }
    return end();
  }

  void lambdas(std::size_t at, std::size_t past) {
    while (at < past) at = is(at, "{") ? braces(at) : at + 1;
  }

  /// The block of a lambda, or a list of values.
  std::size_t braces(std::size_t at) {
    if (follows_parameters(at) || is(at - 1, "]")) return block(at);
    const std::size_t past = past_bracket(at);
    lambdas(at + 1, past);
    return past;
  }

  /// Whether the brace comes after `)`, `) const`, `) -> Type` and the like.
  bool follows_parameters(std::size_t brace) const {
    if (brace == 0) return false;
    std::size_t at = brace - 1;
    if (one_of(tokens_[at], kAfterParameters)) return true;
    const auto part_of_type = [this](std::size_t i) {
      constexpr std::array<std::string_view, 6> kMarks = {"::", "<", ">",
                                                          "*",  "&", ","};
      return tokens_[i].kind == Token::Kind::word || one_of(tokens_[i], kMarks);
    };
    while (at > 0 && part_of_type(at)) --at;
    return at > 0 && is(at, "->") && is(at - 1, ")");
  }

  const std::vector<Token>& tokens_;
  CodeMap map_;
};

}  // namespace

CodeMap map_code(const std::vector<Token>& tokens) {
  return Mapper(tokens).run();
}

}  // namespace tito::dev
