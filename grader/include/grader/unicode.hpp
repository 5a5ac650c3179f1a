// Characters of text that others wrote: what they are, and whether they may
// stand in a document or on a terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace grader {

struct Character {
  std::uint32_t code = 0;
  std::size_t bytes = 1;
  bool valid = false;
};

/// The first character of UTF-8 text that is not empty. Where there is none (a
/// stray or a missing byte, an overlong form, a surrogate, more than U+10FFFF)
/// one byte that is not valid.
Character first_character(std::string_view text);

bool is_utf8(std::string_view text);

/// At most the first `most` bytes, and no character of which a part is missing.
std::string first_bytes(std::string_view text, std::size_t most);

/// False for what commands a terminal, turns the direction of writing, or
/// cannot stand in XML: control characters but tab and line feed, marks of
/// direction, the byte order mark, and codes that are no characters.
bool is_harmless(std::uint32_t code);

/// The text with `replacement` for each character that is not harmless and for
/// each byte that is no UTF-8.
std::string harmless(std::string_view text, std::string_view replacement);

}  // namespace grader
