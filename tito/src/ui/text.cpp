#include "ui/text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grader/unicode.hpp"

namespace tito {
namespace {

/// Bytes of the colour sequence that the text begins with, 0 if with none.
std::size_t colour_length(std::string_view text) {
  if (!text.starts_with("\x1b[")) return 0;
  const std::size_t end = text.find('m');
  return end == std::string_view::npos ? 0 : end + 1;
}

struct Range {
  std::uint32_t first, last;
};

/// Characters that stand on the one before: accents, joiners, variants.
constexpr Range kNarrow[] = {
    {0x300, 0x36f}, {0x200b, 0x200d}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}};
/// Characters of East Asia, and pictures.
constexpr Range kWide[] = {{0x1100, 0x115f},   {0x2e80, 0xa4cf},
                           {0xac00, 0xd7a3},   {0xf900, 0xfaff},
                           {0xfe30, 0xfe6f},   {0xff01, 0xff60},
                           {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff},
                           {0x1f900, 0x1faff}, {0x20000, 0x3fffd}};

template <std::size_t N>
bool is_in(std::uint32_t code, const Range (&ranges)[N]) {
  return std::any_of(std::begin(ranges), std::end(ranges), [&](const auto& r) {
    return r.first <= code && code <= r.last;
  });
}

/// Bytes that belong together, and the columns that they take.
struct Piece {
  std::size_t bytes = 0;
  int columns = 0;
};

Piece first_piece(std::string_view text) {
  if (const std::size_t colour = colour_length(text)) return {colour, 0};
  const grader::Character c = grader::first_character(text);
  if (is_in(c.code, kNarrow)) return {c.bytes, 0};
  return {c.bytes, is_in(c.code, kWide) ? 2 : 1};
}

}  // namespace

int display_width(std::string_view text) {
  int width = 0;
  while (!text.empty()) {
    const Piece piece = first_piece(text);
    width += piece.columns;
    text.remove_prefix(piece.bytes);
  }
  return width;
}

std::string fit(std::string_view text, int width) {
  const int have = display_width(text);
  if (have <= width) return std::string(text) + std::string(width - have, ' ');
  const int keep = width > 3 ? width - 3 : width;
  std::string out;
  int columns = 0;
  bool full = false;
  while (!text.empty()) {
    const Piece piece = first_piece(text);
    full = full || columns + piece.columns > keep;
    // Colours go on, so that they end where they should.
    if (!full || text.front() == '\x1b') out += text.substr(0, piece.bytes);
    if (!full) columns += piece.columns;
    text.remove_prefix(piece.bytes);
  }
  out += std::string(keep - columns, ' ');
  return width > 3 ? out + "..." : out;
}

std::vector<std::string> wrap(std::string_view text, int width) {
  std::vector<std::string> lines(1);
  std::string word;
  const auto finish_word = [&] {
    if (word.empty()) return;
    std::string& line = lines.back();
    if (!line.empty() &&
        display_width(line) + 1 + display_width(word) > width) {
      lines.push_back(word);
    } else {
      line += line.empty() ? word : ' ' + word;
    }
    word.clear();
  };
  for (const char c : text) {
    if (c == ' ' || c == '\n') finish_word();
    if (c == '\n') lines.emplace_back();
    if (c != ' ' && c != '\n') word += c;
  }
  finish_word();
  return lines;
}

std::string printable(std::string_view text) {
  return grader::harmless(text, "?");
}

std::string count(int n, std::string_view noun) {
  return fmt::format("{} {}{}", n, noun, n == 1 ? "" : "s");
}

std::string byte_count(std::uintmax_t bytes) {
  if (bytes < 1000) return fmt::format("{} B", bytes);
  double amount = static_cast<double>(bytes) / 1000;
  const char* units[] = {"kB", "MB", "GB"};
  std::size_t unit = 0;
  for (; amount >= 999.95 && unit + 1 < std::size(units); ++unit)
    amount /= 1000;
  return fmt::format("{:.1f} {}", amount, units[unit]);
}

std::string join_words(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " and " : ", ";
    out += words[i];
  }
  return out;
}

}  // namespace tito
