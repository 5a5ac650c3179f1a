#include "winnow.hpp"

#include <algorithm>
#include <iterator>
#include <sstream>
#include <string>
#include <unordered_set>

#include "grader/tokens.hpp"

namespace grader {
namespace {

constexpr std::uint64_t kBase = 0x9e3779b97f4a7c15;

/// Spreads bits (the finaliser of SplitMix64), so that the smallest hash is no
/// particular kind of code.
std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  return mix(hash);
}

constexpr const char* kKeywords =
    "alignas alignof auto bool break case catch char class co_await "
    "co_return co_yield concept const const_cast consteval constexpr "
    "constinit continue decltype default delete do double dynamic_cast "
    "else enum explicit extern false float for friend goto if inline int "
    "long mutable namespace new noexcept nullptr operator private "
    "protected public register reinterpret_cast requires return short "
    "signed sizeof static static_assert static_cast struct switch template "
    "this throw true try typedef typename union unsigned using virtual "
    "void volatile while";

bool is_keyword(std::string_view word) {
  static const auto keywords = [] {
    std::istringstream list(kKeywords);
    return std::unordered_set<std::string>(
        std::istream_iterator<std::string>(list), {});
  }();
  return keywords.contains(std::string(word));
}

/// One code for all names, one for all numbers, and so on.
std::uint64_t code_of(const Token& token) {
  switch (token.kind) {
    case Token::Kind::number:
      return hash_of("0");
    case Token::Kind::string:
      return hash_of("\"");
    case Token::Kind::character:
      return hash_of("'");
    case Token::Kind::word:
      return hash_of(is_keyword(token.text) ? token.text : "name");
    case Token::Kind::punctuation:
      break;
  }
  return hash_of(token.text);
}

/// What follows "#define" on its line; empty if the line is none.
std::string_view macro_on(std::string_view line) {
  constexpr std::string_view kBlank = " \t", kDefine = "define";
  const auto skip_blanks = [&] {
    line.remove_prefix(std::min(line.find_first_not_of(kBlank), line.size()));
  };
  skip_blanks();
  if (!line.starts_with('#')) return {};
  line.remove_prefix(1);
  skip_blanks();
  return line.starts_with(kDefine) ? line.substr(kDefine.size()) : "";
}

/// The text with nothing left on its lines but what macros stand for.
std::string macros_of(std::string_view text) {
  std::string macros;
  bool goes_on = false;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    const std::string_view macro = goes_on ? line : macro_on(line);
    macros.append(macro).push_back('\n');
    goes_on = macro.ends_with('\\');
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return macros;
}

/// Without what says nothing: backslashes that continue a line, empty
/// statements. The text must outlive the tokens.
std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  for (const Token& token : tokenize(text)) {
    const bool empty = token.is(";") && !tokens.empty() &&
                       (tokens.back().is(";") || tokens.back().is("{") ||
                        tokens.back().is("}"));
    if (!empty && !token.is("\\")) tokens.push_back(token);
  }
  return tokens;
}

std::uint64_t power(std::uint64_t base, std::size_t exponent) {
  std::uint64_t result = 1;
  for (; exponent > 0; --exponent) result *= base;
  return result;
}

/// `offset` is the place of the first token in the file.
void add_grams(const std::vector<Token>& tokens, std::size_t offset,
               std::vector<Fingerprint>& grams) {
  static const std::uint64_t leaving = power(kBase, kGramTokens);
  std::vector<std::uint64_t> codes;
  for (const Token& token : tokens) codes.push_back(code_of(token));
  std::uint64_t rolling = 0;
  for (std::size_t end = 0; end < codes.size(); ++end) {
    rolling = rolling * kBase + codes[end];
    if (end >= kGramTokens) rolling -= leaving * codes[end - kGramTokens];
    if (end + 1 < kGramTokens) continue;
    const std::size_t first = end + 1 - kGramTokens;
    grams.push_back({mix(rolling), 0,
                     static_cast<std::uint32_t>(offset + first),
                     tokens[first].line, tokens[end].last_line});
  }
}

}  // namespace

std::vector<Fingerprint> grams(std::string_view text) {
  const auto code = tokens_of(text);
  // Apart from the code: whoever scatters macros in it would hide it.
  const std::string macro_text = macros_of(text);
  const auto macros = tokens_of(macro_text);
  std::vector<Fingerprint> result;
  add_grams(code, 0, result);
  add_grams(macros, code.size() + kGramTokens, result);  // not one span
  return result;
}

std::vector<Fingerprint> winnow(const std::vector<Fingerprint>& grams) {
  std::vector<Fingerprint> kept;
  if (grams.empty()) return kept;
  const std::size_t width = std::min(kWindow, grams.size());
  std::size_t smallest = grams.size();  // none yet
  for (std::size_t begin = 0; begin + width <= grams.size(); ++begin) {
    const std::size_t before = smallest;
    const std::size_t last = begin + width - 1;
    if (smallest == grams.size() || smallest < begin) {
      smallest = begin;
      for (std::size_t i = begin + 1; i <= last; ++i) {
        if (grams[i].hash <= grams[smallest].hash) smallest = i;
      }
    } else if (grams[last].hash < grams[smallest].hash) {
      smallest = last;
    }
    if (smallest != before) kept.push_back(grams[smallest]);
  }
  return kept;
}

}  // namespace grader
