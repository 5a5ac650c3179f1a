#include "ui/build_failure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "system/files.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

constexpr std::size_t kMostSymbols = 5;

bool is_below(const fs::path& file, const fs::path& directory) {
  const fs::path relative = file.lexically_relative(directory);
  return !relative.empty() && *relative.begin() != "..";
}

std::string source_line(const fs::path& file, int number) {
  std::ifstream in(file);
  std::string line;
  for (int i = 0; i < number; ++i) {
    if (!std::getline(in, line)) return "";
  }
  return line;
}

/// The line with tabs as single spaces and a caret below the column; only the
/// neighbourhood of the column if the line is wide.
std::string with_caret(std::string line, int column, const Terminal& terminal) {
  std::replace(line.begin(), line.end(), '\t', ' ');
  line = printable(line);
  std::size_t at = column > 0 ? static_cast<std::size_t>(column - 1) : 0;
  const std::size_t room = static_cast<std::size_t>(terminal.width()) - 4;
  if (line.size() > room) {
    const std::size_t start = at > room / 2 ? at - room / 2 : 0;
    line = line.substr(std::min(start, line.size()), room);
    at -= std::min(start, at);
  }
  const std::string before = line.substr(0, std::min(at, line.size()));
  return fmt::format("    {}\n    {}{}\n", line,
                     std::string(display_width(before), ' '),
                     terminal.paint(Style::bad, "^"));
}

void print_compile_error(const grader::BuildResult& build, const Course& course,
                         Terminal& terminal) {
  const grader::Diagnostic* error = first_own_error(build, course.workspace);
  terminal.print("\n{}\n", terminal.paint(Style::bold, "It does not compile"));
  if (!error) {
    terminal.print("  The compiler says:\n{}\n", printable(build.output));
    return;
  }
  terminal.print("  {}:{}:{}\n", short_path(error->file, course.workspace.root),
                 error->line, error->column);
  for (const std::string& line :
       wrap(printable(error->message), terminal.width() - 2)) {
    terminal.print("  {}\n", terminal.paint(Style::bad, line));
  }
  const std::string text = source_line(error->file, error->line);
  if (!text.empty()) {
    terminal.write('\n' + with_caret(text, error->column, terminal));
  }
  const int more = static_cast<int>(build.errors.size()) - 1;
  if (more > 0) terminal.print("\n  and {}\n", count(more, "more error"));
}

/// "std::vector<long, std::allocator<long> >" as a person writes it.
std::string without_allocators(std::string text) {
  static const std::string mark = ", std::allocator<";
  for (std::size_t at; (at = text.find(mark)) != std::string::npos;) {
    int depth = 1;
    std::size_t end = at + mark.size();
    for (; end < text.size() && depth > 0; ++end) {
      if (text[end] == '<') ++depth;
      if (text[end] == '>') --depth;
    }
    if (end < text.size() && text[end] == ' ') ++end;
    text.erase(at, end - at);
  }
  return text;
}

void print_missing_symbols(const grader::BuildResult& build,
                           const grader::Module& module, Terminal& terminal) {
  const auto& symbols = build.missing_symbols;
  terminal.print("\n{}\n", terminal.paint(Style::bold, "It does not link"));
  if (symbols.empty()) {
    terminal.print("  The linker says:\n{}\n", printable(build.output));
    return;
  }
  terminal.print("  Your code no longer defines what its header promises:\n");
  for (std::size_t i = 0; i < std::min(symbols.size(), kMostSymbols); ++i) {
    terminal.print(
        "    {}\n",
        terminal.paint(Style::bad, printable(without_allocators(symbols[i]))));
  }
  if (symbols.size() > kMostSymbols) {
    terminal.print("    and {} more\n", symbols.size() - kMostSymbols);
  }
  terminal.print(
      "\nWrite it again with the same name and arguments. To start over from "
      "the\nstubs (your files are kept in a backup): {}\n",
      terminal.paint(Style::accent, "tito module reset " + module.number));
}

}  // namespace

const grader::Diagnostic* first_own_error(const grader::BuildResult& build,
                                          const Workspace& workspace) {
  const auto own = std::find_if(
      build.errors.begin(), build.errors.end(), [&](const auto& error) {
        return is_below(error.file, workspace.modules());
      });
  if (own != build.errors.end()) return &*own;
  return build.errors.empty() ? nullptr : &build.errors.front();
}

void print_build_failure(const grader::BuildResult& build,
                         const grader::Module& module, const Course& course,
                         Terminal& terminal) {
  switch (build.end) {
    case grader::BuildResult::End::compile_error:
      print_compile_error(build, course, terminal);
      terminal.print(
          "\nMend it, then: {}\n",
          terminal.paint(Style::accent, "tito module test " + module.number));
      return;
    case grader::BuildResult::End::link_error:
      print_missing_symbols(build, module, terminal);
      return;
    default:
      terminal.print("\nThe build ended early:\n{}\n", printable(build.output));
  }
}

}  // namespace tito
