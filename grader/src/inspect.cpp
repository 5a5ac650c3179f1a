#include "inspect.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <sstream>
#include <stdexcept>
#include <string_view>

namespace grader {
namespace {

namespace fs = std::filesystem;
using std::string_view;

/// The objects are made so that no tool gets through with them.
class Uninspectable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

std::string output_of(const Launch& run, std::vector<std::string> argv,
                      const fs::path& where) {
  Command command;
  command.argv = std::move(argv);
  command.directory = where;
  command.environment = {"LC_ALL=C"};
  Limits limits;
  limits.wall = std::chrono::seconds(60);
  limits.cpu = std::chrono::seconds(20);
  limits.memory_bytes = std::uint64_t{2} << 30;
  limits.output_bytes = 16 << 20;
  const ProcessResult result = run(command, limits);
  if (result.end == ProcessResult::End::output_limit ||
      result.end == ProcessResult::End::cpu_limit) {
    throw Uninspectable("it holds more symbols or sections than can be read");
  }
  if (!result.ok()) {
    throw std::runtime_error(fmt::format("{} cannot inspect the objects: {}{}",
                                         command.argv.front(), result.error,
                                         result.output.substr(0, 500)));
  }
  return result.output;
}

template <std::size_t n>
bool starts_with_any(string_view text, const string_view (&prefixes)[n]) {
  return std::any_of(prefixes, prefixes + n, [&](string_view prefix) {
    return text.starts_with(prefix);
  });
}

/// What the compiler itself puts into an object without a C++ name.
bool is_compilers_own(string_view name, bool weak) {
  return (weak && name.starts_with("DW.ref.")) ||
         name.starts_with("__odr_asan") || name.starts_with("_GLOBAL__") ||
         name.starts_with("__asan_");
}

/// A global variable of the student's: its name is not mangled either. What
/// begins with an underscore is the implementation's, and the variables of
/// the C and C++ libraries, which this process has loaded too, are not for
/// students to replace.
bool is_own_variable(string_view name, char type) {
  const bool identifier =
      std::isalpha(static_cast<unsigned char>(name.front())) != 0 &&
      name.find('.') == string_view::npos;
  return identifier && std::strchr("BDRSGC", type) != nullptr &&
         dlsym(RTLD_DEFAULT, std::string(name).c_str()) == nullptr;
}

/// operator new and delete, arrays included, but not the placement forms.
bool is_allocation(string_view name) {
  constexpr string_view kForms[] = {"_Znw", "_Zna", "_Zdl", "_Zda"};
  if (name.starts_with("_ZnwmPv") || name.starts_with("_ZnamPv") ||
      name.starts_with("_ZdlPvS_") || name.starts_with("_ZdaPvS_")) {
    return false;
  }
  return starts_with_any(name, kForms);
}

/// The mangled name from its outermost namespace on: "St6vector..." for
/// "_ZNKSt6vector...", "_ZTISt..." and "_ZGVZNSt...".
string_view outermost(string_view name) {
  if (!name.starts_with("_Z")) return {};
  name.remove_prefix(2);
  constexpr string_view kSpecial[] = {"TV", "TI", "TS", "TT",
                                      "TW", "TH", "GV", "GR"};
  for (const string_view special : kSpecial) {
    if (name.starts_with(special)) name.remove_prefix(2);
  }
  if (name.starts_with("Th") || name.starts_with("Tv") ||
      name.starts_with("Tc")) {
    const auto end = name.find('_');
    if (end != string_view::npos) name.remove_prefix(end + 1);
  }
  while (!name.empty() && std::strchr("ZNKVrRO", name.front()) != nullptr) {
    name.remove_prefix(1);
  }
  return name;
}

bool in_standard_library(string_view outer) {
  constexpr string_view kShort[] = {"St", "Sa", "Sb", "Ss", "Si", "So", "Sd"};
  return starts_with_any(outer, kShort);
}

/// Whose inline functions the tests call: a strong definition would replace
/// them there, while a weak one comes too late in the order of linking.
bool in_judges_namespace(string_view outer) {
  constexpr string_view kNames[] = {"4test", "8nlohmann", "9__gnu_cxx"};
  return starts_with_any(outer, kNames) || in_standard_library(outer);
}

/// `type` as nm names it.
std::string why_symbol_denied(string_view name, char type) {
  const string_view outer = outermost(name);
  if (outer.starts_with("5Catch")) {
    return fmt::format("it uses the test framework ({})", name);
  }
  if (type == 'i') return fmt::format("it defines an ifunc ({})", name);
  const bool weak = type == 'W' || type == 'V' || type == 'u';
  const bool global = (type >= 'A' && type <= 'Z') || type == 'u';
  if (!global || type == 'U') return "";
  if (!name.starts_with("_Z")) {
    if (is_compilers_own(name, weak) || is_own_variable(name, type)) return "";
    return fmt::format(
        "it defines {} outside C++; make it static, or part of a namespace",
        name);
  }
  if (is_allocation(name)) return "it defines operator new or delete";
  if (outer.starts_with("10__cxxabiv1")) {
    return fmt::format("it defines {} of the C++ runtime", name);
  }
  if (!weak && in_judges_namespace(outer)) {
    return fmt::format("it defines {} in {}", name,
                       in_standard_library(outer) ? "namespace std"
                                                  : "a namespace of the tests");
  }
  return "";
}

/// Runs a tool on all of the program's objects.
std::string output_on_objects(const Launch& run, const Program& program,
                              std::vector<std::string> argv) {
  for (const fs::path& object : compiled_objects(program)) {
    argv.push_back(object.lexically_relative(program.directory).string());
  }
  return output_of(run, std::move(argv), program.directory);
}

/// `symbol` is "name type value size". Names that hold more than a compiler
/// would write could show nm's reader another type.
std::string why_line_denied(string_view symbol) {
  const auto space = symbol.find(' ');
  if (space == string_view::npos || space + 2 >= symbol.size() ||
      symbol.find_first_not_of(" 0123456789abcdef", space + 2) !=
          string_view::npos) {
    return "it holds a symbol that no compiler writes";
  }
  // A weak reference, without a value, defines nothing.
  const char type = symbol[space + 1];
  if (type == 'w' || type == 'v') return "";
  return why_symbol_denied(symbol.substr(0, space), type);
}

std::string check_symbols(const Launch& run, const Program& program) {
  std::istringstream lines(output_on_objects(
      run, program, {"nm", "--print-file-name", "--format=posix"}));
  for (std::string line; std::getline(lines, line);) {
    const auto colon = line.find(": ");
    const std::string object = line.substr(0, colon);
    const std::string why = why_line_denied(
        colon == std::string::npos ? "" : string_view(line).substr(colon + 2));
    if (why.empty()) continue;
    return fmt::format("{}.cpp: {}", fs::path(object).stem().string(), why);
  }
  return "";
}

/// Sections whose code runs before, or beside, ordinary constructors, or that
/// show other symbols to nm than there are.
bool is_denied_section(string_view name) {
  constexpr string_view kDenied[] = {".preinit_array", ".init_array.", ".ctors",
                                     ".interp",        ".dynamic",     ".plt",
                                     ".gnu.lto_"};
  if (name == ".init" || name == ".fini") return true;
  return starts_with_any(name, kDenied);
}

std::string check_sections(const Launch& run, const Program& program) {
  std::istringstream lines(
      output_on_objects(run, program, {"objdump", "-h", "-w"}));
  std::string object;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string first, name;
    words >> first >> name;
    if (name == "file") object = fs::path(first).stem().string();
    if (!is_denied_section(name)) continue;
    return fmt::format(
        "{}.cpp: its section {} runs code before the tests or rewires the "
        "program",
        object, name);
  }
  return "";
}

bool is_below(const fs::path& file, const fs::path& folder) {
  const auto relative = file.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

std::string check_includes(const Launch& run, const Program& program,
                           const Toolchain& toolchain) {
  const fs::path headers = fs::weakly_canonical(toolchain.include());
  const fs::path prelude = fs::weakly_canonical(toolchain.prelude);
  const fs::path precompiled = prelude.string() + ".gch";
  std::vector<fs::path> own;
  for (const fs::path& source : program.sources) {
    own.push_back(fs::weakly_canonical(source));
  }
  std::istringstream lines(output_on_objects(
      run, program, {toolchain.ninja.string(), "-t", "deps"}));
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("    ")) continue;
    const fs::path file =
        fs::weakly_canonical(program.directory / line.substr(4));
    const bool is_own = std::find(own.begin(), own.end(), file) != own.end();
    const bool is_systems = is_below(file, "/usr/include") ||
                            is_below(file, "/usr/lib") ||
                            is_below(file, "/usr/local/include");
    const bool is_given =
        is_below(file, headers) || file == prelude || file == precompiled;
    if (is_own || is_systems || is_given) continue;
    return fmt::format("it includes {}, which is not part of the framework",
                       file.string());
  }
  return "";
}

std::string first_reason(const Program& program, const Toolchain& toolchain,
                         const Launch& run) {
  std::string why = check_includes(run, program, toolchain);
  if (why.empty()) why = check_sections(run, program);
  if (why.empty()) why = check_symbols(run, program);
  return why;
}

}  // namespace

std::string why_denied(const Program& program, const Toolchain& toolchain,
                       const Launch& run) {
  try {
    return first_reason(program, toolchain, run);
  } catch (const Uninspectable& reason) {
    return reason.what();
  }
}

}  // namespace grader
