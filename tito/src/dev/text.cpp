#include "dev/text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "system/files.hpp"

namespace tito::dev {

namespace fs = std::filesystem;

std::string to_string(const Problem& problem) {
  if (problem.file.empty()) return problem.text;
  if (problem.line == 0) return problem.file + ": " + problem.text;
  return fmt::format("{}:{}: {}", problem.file, problem.line, problem.text);
}

void write_text(const fs::path& file, const std::string& text) {
  make_directories(file.parent_path());
  write_atomically(file, text, Durability::fast);
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::string join_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  const std::size_t last = text.find_last_not_of(" \t\r");
  return text.substr(first, last - first + 1);
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> pieces;
  std::size_t start = 0;
  while (start <= text.size()) {
    const std::size_t end = std::min(text.find(',', start), text.size());
    const std::string_view piece = trim(text.substr(start, end - start));
    if (!piece.empty()) pieces.emplace_back(piece);
    start = end + 1;
  }
  return pieces;
}

std::string first_difference(const std::string& is, const std::string& should) {
  const std::vector<std::string> a = split_lines(is);
  const std::vector<std::string> b = split_lines(should);
  std::size_t i = 0;
  while (i < a.size() && i < b.size() && a[i] == b[i]) ++i;
  const auto line = [i](const std::vector<std::string>& lines) {
    return i < lines.size() ? "`" + lines[i] + "`" : "no line";
  };
  return fmt::format("line {}: {} stands where {} should", i + 1, line(a),
                     line(b));
}

}  // namespace tito::dev
