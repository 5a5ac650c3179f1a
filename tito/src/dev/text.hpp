// Text files: whole, and as lines.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tito::dev {

/// Something wrong in a file. `line` counts from 1; 0 is the file as a whole.
struct Problem {
  std::string file;  ///< relative to the course's root
  int line = 0;
  std::string text;
};

/// "solutions/01_tensor/src/views.cpp:12: this is wrong"
std::string to_string(const Problem& problem);

/// Replaces a file's content, and creates the directories above it.
/// @throws EnvironmentError  naming the file, if it cannot be written
void write_text(const std::filesystem::path& file, const std::string& text);

/// Without the line ends. Text that ends in a line end has no last empty line.
std::vector<std::string> split_lines(std::string_view text);

/// Each line with a line end.
std::string join_lines(const std::vector<std::string>& lines);

/// Without blanks and tabs at both ends.
std::string_view trim(std::string_view text);

/// The pieces between commas, trimmed, empty ones left out.
std::vector<std::string> split_list(std::string_view text);

/// The first difference between two texts, as "line 7 is `a`, not `b`".
std::string first_difference(const std::string& is, const std::string& should);

}  // namespace tito::dev
