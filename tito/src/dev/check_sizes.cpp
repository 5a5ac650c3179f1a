#include <fmt/format.h>

#include "dev/statements.hpp"
#include "dev/tree.hpp"
#include "dev/tree_checks.hpp"
#include "system/files.hpp"

namespace tito::dev {

namespace fs = std::filesystem;

namespace {

constexpr int kFileLines = 400;
constexpr int kFunctionLines = 60;

/// The word before the parameters of the function whose body opens at `open`.
std::string name_of(const std::vector<Token>& tokens, std::size_t open) {
  std::size_t at = open;
  while (at > 0 && !tokens[at].is(")")) --at;
  int depth = 0;
  for (; at > 0; --at) {
    if (tokens[at].is(")")) ++depth;
    if (tokens[at].is("(")) --depth;
    if (depth == 0) break;
  }
  return at > 0 ? std::string(tokens[at - 1].text) : "?";
}

void check_functions(const std::string& text, const std::string& file,
                     std::vector<Problem>& problems) {
  const std::vector<Token> tokens = tokenize(text);
  for (const Body& body : map_code(tokens).functions) {
    if (body.close >= tokens.size()) continue;
    const int first = tokens[body.open].line;
    const int lines = tokens[body.close].line - first + 1;
    if (lines <= kFunctionLines) continue;
    const std::string name = name_of(tokens, body.open);
    if (name == "main" && file.starts_with("milestones/")) continue;
    problems.push_back({file, first,
                        fmt::format("{} has {} lines, more than {}", name,
                                    lines, kFunctionLines)});
  }
}

}  // namespace

std::vector<Problem> check_sizes(const Course& course) {
  std::vector<Problem> problems;
  for (const fs::path& path : files_below(
           course.root,
           {".cpp", ".hpp", ".h", ".cmake", ".sh", ".py", "CMakeLists.txt"})) {
    const std::string text = read_text(path);
    const std::string file = course.relative(path);
    const auto lines = static_cast<int>(split_lines(text).size());
    if (lines > kFileLines) {
      problems.push_back(
          {file, 0, fmt::format("{} lines, more than {}", lines, kFileLines)});
    }
    const std::string kind = path.extension().string();
    if (kind == ".cpp" || kind == ".hpp") {
      check_functions(text, file, problems);
    }
  }
  return problems;
}

}  // namespace tito::dev
