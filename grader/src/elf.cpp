#include "elf.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>

namespace grader {
namespace {

using std::string_view;

string_view next_line(string_view& text) {
  const auto end = text.find('\n');
  const string_view line = text.substr(0, end);
  text.remove_prefix(end == string_view::npos ? text.size() : end + 1);
  return line;
}

string_view next_word(string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  const string_view word = line.substr(0, line.find(' '));
  line.remove_prefix(word.size());
  return word;
}

bool is_number(string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
  });
}

bool is_compilers(string_view type) {
  constexpr string_view kTypes[] = {
      "PROGBITS",      "NOBITS", "SYMTAB",       "STRTAB",
      "RELA",          "NOTE",   "INIT_ARRAY",   "FINI_ARRAY",
      "PREINIT_ARRAY", "GROUP",  "X86_64_UNWIND"};
  return std::find(std::begin(kTypes), std::end(kTypes), type) !=
         std::end(kTypes);
}

/// The name in "  [12] .text PROGBITS ..."; empty for other lines, and for the
/// first section, which is none.
string_view section_of(string_view line) {
  const auto close = line.find("] ");
  if (!line.starts_with("  [") || close == string_view::npos) return {};
  string_view bracket = line.substr(3, close - 3);
  const string_view number = next_word(bracket);
  if (!is_number(number) || number == "0") return {};
  line.remove_prefix(close + 1);
  const string_view name = next_word(line), type = next_word(line);
  // Compilers call every group so.
  if (!is_compilers(type) || (type == "GROUP" && name != ".group")) {
    throw Uninspectable("it holds a section that no compiler writes");
  }
  return name;
}

/// "12: 0000000000000000 11 FUNC WEAK DEFAULT 26 name"
bool is_symbol(string_view line) {
  const string_view first = next_word(line);
  return first.size() > 1 && first.back() == ':' &&
         is_number(first.substr(0, first.size() - 1));
}

Symbol symbol_of(string_view line) {
  next_word(line);  // its number
  next_word(line);  // value
  next_word(line);  // size
  const string_view type = next_word(line), bind = next_word(line);
  next_word(line);  // visibility
  const string_view section = next_word(line);
  Symbol symbol;
  symbol.name = next_word(line);
  symbol.is_defined = section != "UND";
  symbol.is_global = bind != "LOCAL";
  symbol.is_weak = bind == "WEAK";  // GNU's unique ones: -fno-gnu-unique
  symbol.is_ifunc = type == "IFUNC";
  const bool section_known = section == "UND" || section == "ABS" ||
                             section == "COM" || is_number(section);
  const bool version = symbol.name.find('@') != string_view::npos &&
                       line.starts_with(" (");  // of a shared library
  if (type != "FILE" && (!section_known || !(line.empty() || version))) {
    throw Uninspectable("it holds a symbol that no compiler writes");
  }
  return symbol;
}

}  // namespace

std::vector<Elf> read_elf(string_view output) {
  std::vector<Elf> objects(1);
  while (!output.empty()) {
    const string_view line = next_line(output);
    constexpr string_view kFile = "File: ";
    if (line.starts_with("readelf: ")) {
      throw Uninspectable("what it compiles to is damaged, says readelf");
    }
    if (line.starts_with(kFile)) {
      if (!objects.back().file.empty()) objects.emplace_back();
      objects.back().file = line.substr(kFile.size());
    } else if (const string_view name = section_of(line); !name.empty()) {
      objects.back().sections.push_back(name);
    } else if (is_symbol(line)) {
      objects.back().symbols.push_back(symbol_of(line));
    }
  }
  return objects;
}

}  // namespace grader
