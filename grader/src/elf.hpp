// What readelf tells of objects that nobody trusts.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace grader {

/// The objects are made so that no tool gets through with them.
class Uninspectable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Symbol {
  std::string_view name;
  bool is_defined = false;
  bool is_global = false;
  bool is_weak = false;   // a global one that yields to others
  bool is_ifunc = false;  // chosen by code that runs when it is loaded

  bool is_definition() const { return is_global && is_defined; }
};

/// One file; its views are of readelf's output.
struct Elf {
  std::string_view file;
  std::vector<std::string_view> sections;
  std::vector<Symbol> symbols;
};

/// The output of `readelf --wide` with --section-headers, --symbols or both, of
/// one file (which it then does not name) or several.
/// @throws Uninspectable  if readelf complains, or if a section or symbol is
/// not as compilers write them
std::vector<Elf> read_elf(std::string_view output);

}  // namespace grader
