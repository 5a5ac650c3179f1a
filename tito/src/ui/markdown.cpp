#include "ui/markdown.hpp"

#include <sstream>

namespace tito {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    lines.push_back(line);
  }
  return lines;
}

bool is_fence(const std::string& line) {
  const std::size_t start = line.find_first_not_of(' ');
  if (start == std::string::npos) return false;
  return line.compare(start, 3, "```") == 0 ||
         line.compare(start, 3, "~~~") == 0;
}

std::string trim_blank_lines(const std::string& text) {
  const std::size_t first = text.find_first_not_of('\n');
  if (first == std::string::npos) return "";
  const std::size_t last = text.find_last_not_of(" \n");
  return text.substr(first, last - first + 1);
}

std::string first_word(const std::string& text) {
  std::string word;
  std::istringstream(text) >> word;
  return word;
}

std::string paint_code(const std::string& line, const Terminal& terminal) {
  std::string out;
  std::size_t from = 0;
  while (true) {
    const std::size_t open = line.find('`', from);
    const std::size_t close =
        open == std::string::npos ? open : line.find('`', open + 1);
    if (close == std::string::npos) return out + line.substr(from);
    out += line.substr(from, open - from);
    out += terminal.paint(Style::accent, line.substr(open, close - open + 1));
    from = close + 1;
  }
}

}  // namespace

std::map<std::string, std::vector<std::string>> parse_hints(
    std::string_view text) {
  std::map<std::string, std::vector<std::string>> hints;
  std::string task;
  bool in_code = false, in_hint = false;
  for (const std::string& line : lines_of(text)) {
    if (is_fence(line)) in_code = !in_code;
    if (!in_code && line.starts_with("## ")) {
      task = first_word(line.substr(3));
      in_hint = false;
    } else if (!in_code && line.starts_with("### ") && !task.empty()) {
      hints[task].emplace_back();
      in_hint = true;
    } else if (in_hint) {
      hints[task].back() += line + '\n';
    }
  }
  for (auto& [id, list] : hints) {
    for (std::string& hint : list) hint = trim_blank_lines(hint);
  }
  return hints;
}

std::string render_markdown(std::string_view text, const Terminal& terminal) {
  std::string out;
  bool in_code = false;
  for (const std::string& line : lines_of(text)) {
    if (is_fence(line)) {
      in_code = !in_code;
      out += terminal.paint(Style::dim, line);
    } else if (in_code) {
      out += terminal.paint(Style::accent, line);
    } else if (line.starts_with('#')) {
      out += terminal.paint(Style::bold, line);
    } else {
      out += paint_code(line, terminal);
    }
    out += '\n';
  }
  return out;
}

}  // namespace tito
