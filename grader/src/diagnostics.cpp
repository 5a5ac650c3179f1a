#include "diagnostics.hpp"

#include <algorithm>
#include <charconv>
#include <sstream>
#include <string_view>

namespace grader {
namespace {

using std::string_view;

/// Takes ":<number>" from the end of `text`; 0 if there is none.
int take_number(string_view& text) {
  const auto colon = text.rfind(':');
  if (colon == string_view::npos) return 0;
  const string_view digits = text.substr(colon + 1);
  int number = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return 0;
  text = text.substr(0, colon);
  return number;
}

/// "file:line:column" or "file:line" or "file".
Diagnostic at(string_view place, string_view message) {
  const int last = take_number(place);
  const int before = last == 0 ? 0 : take_number(place);
  Diagnostic result;
  result.file = place;
  result.line = before != 0 ? before : last;
  result.column = before != 0 ? last : 0;
  result.message = message;
  return result;
}

bool read_compiler_error(string_view line, BuildResult& result) {
  constexpr string_view kMarks[] = {
      ": error: ", ": fatal error: ", ": internal compiler error: "};
  for (const string_view mark : kMarks) {
    const auto found = line.find(mark);
    if (found == string_view::npos) continue;
    const Diagnostic error =
        at(line.substr(0, found), line.substr(found + mark.size()));
    if (error.line == 0) continue;
    result.errors.push_back(error);
    return true;
  }
  return false;
}

/// The text between the linker's quotes, `like this', after `mark`.
string_view quoted(string_view line, string_view mark, char closing) {
  const auto found = line.find(mark);
  if (found == string_view::npos) return {};
  const auto begin = found + mark.size();
  const auto end = closing == '\0' ? line.size() : line.rfind(closing);
  if (end == string_view::npos || end <= begin) return {};
  return line.substr(begin, end - begin);
}

void read_linker_error(string_view line, BuildResult& result) {
  // The linkers' quotes differ.
  string_view symbol = quoted(line, "undefined reference to `", '\'');
  if (symbol.empty()) symbol = quoted(line, "undefined reference to '", '\'');
  auto& missing = result.missing_symbols;
  if (!symbol.empty() &&
      std::find(missing.begin(), missing.end(), symbol) == missing.end()) {
    missing.emplace_back(symbol);
  }
  constexpr string_view kTwice = ": multiple definition of ";
  const auto found = line.find(kTwice);
  if (found == string_view::npos) return;
  string_view place = line.substr(0, found);
  if (const auto ld = place.rfind("ld: "); ld != string_view::npos) {
    place = place.substr(ld + 4);
  }
  result.errors.push_back(at(place, line.substr(found + 2)));
}

template <std::size_t N>
bool tells_one_of(const string_view (&signs)[N], string_view text) {
  return std::any_of(std::begin(signs), std::end(signs), [&](auto sign) {
    return text.find(sign) != string_view::npos;
  });
}

}  // namespace

void read_diagnostics(BuildResult& result) {
  std::istringstream lines(result.output);
  for (std::string line; std::getline(lines, line);) {
    if (!read_compiler_error(line, result)) read_linker_error(line, result);
  }
}

bool tells_of_limit(const std::string& output) {
  constexpr string_view kLimits[] = {
      "out of memory allocating", "virtual memory exhausted",
      "Cannot allocate memory",   "terminated program",
      "CPU time limit exceeded",  "File size limit exceeded",
      "std::bad_alloc",           "memory exhausted"};
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    if (tells_one_of(kLimits, line) && !tells_of_kill(line)) return true;
  }
  return false;
}

bool tells_of_kill(const std::string& output) {
  constexpr string_view kKills[] = {"Killed signal terminated program",
                                    "Terminated signal terminated program",
                                    "terminated with signal 9 [Killed]",
                                    "terminated with signal 15 [Terminated]"};
  return tells_one_of(kKills, output);
}

bool tells_of_error(const std::string& output) {
  constexpr string_view kErrors[] = {"error: ", "Error: "};
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    if (tells_one_of(kErrors, line) && !tells_of_kill(line)) return true;
  }
  return false;
}

std::string without_ninja(const std::string& output) {
  std::istringstream lines(output);
  std::string result;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("FAILED: ", 0) == 0) {
      std::getline(lines, line);  // the command
    } else if (line.rfind("ninja: ", 0) != 0 ||
               line.find("error:") != std::string::npos) {
      result += line + "\n";
    }
  }
  return result;
}

}  // namespace grader
