#include "ui/text.hpp"

#include <fmt/format.h>

namespace tito {
namespace {

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// Bytes of the colour sequence at `i`, 0 if there is none.
std::size_t colour_length(std::string_view text, std::size_t i) {
  if (text.substr(i, 2) != "\x1b[") return 0;
  const std::size_t end = text.find('m', i);
  return end == std::string_view::npos ? 0 : end - i + 1;
}

/// Bytes of the well-formed UTF-8 character at `i`, 0 if it is malformed.
std::size_t character_length(std::string_view text, std::size_t i) {
  const auto first = static_cast<unsigned char>(text[i]);
  std::size_t length = 1;
  if (first >= 0xF0 && first < 0xF5) {
    length = 4;
  } else if (first >= 0xE0 && first < 0xF0) {
    length = 3;
  } else if (first >= 0xC2 && first < 0xE0) {
    length = 2;
  } else if (first >= 0x80) {
    return 0;
  }
  if (i + length > text.size()) return 0;
  for (std::size_t k = 1; k < length; ++k) {
    if (!continues(text[i + k])) return 0;
  }
  return length;
}

/// C1 controls and the marks that reorder text on the screen.
bool deceives(std::string_view character) {
  if (character.size() == 2) {
    return character < "\xC2\xA0" || character == "\xD8\x9C";
  }
  return (character >= "\xE2\x80\x8E" && character <= "\xE2\x80\x8F") ||
         (character >= "\xE2\x80\xAA" && character <= "\xE2\x80\xAE") ||
         (character >= "\xE2\x81\xA6" && character <= "\xE2\x81\xA9");
}

}  // namespace

int display_width(std::string_view text) {
  int width = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (const std::size_t skip = colour_length(text, i)) {
      i += skip;
      continue;
    }
    if (!continues(text[i])) ++width;
    ++i;
  }
  return width;
}

std::string fit(std::string_view text, int width) {
  const int have = display_width(text);
  if (have <= width) return std::string(text) + std::string(width - have, ' ');
  const int keep = width > 3 ? width - 3 : width;
  std::string out;
  int columns = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (const std::size_t skip = colour_length(text, i)) {
      out += text.substr(i, skip);
      i += skip;
      continue;
    }
    if (!continues(text[i]) && ++columns > keep) columns = keep + 1;
    if (columns <= keep) out += text[i];
    ++i;
  }
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
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = character_length(text, i);
    const std::string_view character = text.substr(i, length ? length : 1);
    const char c = text[i];
    const bool control = length == 1 && (c < ' ' || c == 0x7f);
    const bool keep = length > 0 && !deceives(character) &&
                      (!control || c == '\n' || c == '\t');
    out += keep ? character : std::string_view("?");
    i += character.size();
  }
  return out;
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
