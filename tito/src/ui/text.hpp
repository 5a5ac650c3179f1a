// Text as a terminal sees it: columns, not bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tito {

/// Columns that UTF-8 text takes: none for colour sequences and accents, two
/// for characters of East Asia and pictures.
int display_width(std::string_view text);

/// Pads with spaces on the right, or shortens with "..." to exactly `width`.
std::string fit(std::string_view text, int width);

/// Breaks at spaces so that no line is wider than `width`, except for words
/// that are. Line breaks in the text stay.
std::vector<std::string> wrap(std::string_view text, int width);

/// The text with '?' for what is not grader::is_harmless(): control characters,
/// escape sequences, marks of direction, malformed UTF-8. Line breaks and tabs
/// stay. For what student code printed.
std::string printable(std::string_view text);

/// "1 test", "2 tests".
std::string count(int n, std::string_view noun);

/// "208 B", "28.9 kB", "170.1 MB".
std::string byte_count(std::uintmax_t bytes);

/// "a", "a and b", "a, b and c".
std::string join_words(const std::vector<std::string>& words);

}  // namespace tito
