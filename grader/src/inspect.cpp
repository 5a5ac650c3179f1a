#include "inspect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <csignal>
#include <cstring>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string_view>

#include "elf.hpp"

namespace grader {
namespace {

namespace fs = std::filesystem;
using std::string_view;

/// In bytes. The symbols of the C++ library alone are megabytes.
constexpr std::uint64_t kMostSymbols = 16 << 20, kMostIncludes = 1 << 20;

ProcessResult run_tool(const Launch& run, std::vector<std::string> argv,
                       const fs::path& where,
                       std::uint64_t most = kMostSymbols) {
  Command command;
  command.argv = std::move(argv);
  command.directory = where;
  command.environment = {"LC_ALL=C"};
  Limits limits;
  limits.wall = std::chrono::seconds(60);
  limits.cpu = std::chrono::seconds(20);
  limits.memory_bytes = std::uint64_t{2} << 30;
  limits.output_bytes = most;
  return run(command, limits);
}

/// Of what is ours, or of a tool that a submission cannot disturb.
std::string output_of(const Launch& run, const std::vector<std::string>& argv,
                      const fs::path& where) {
  const ProcessResult result = run_tool(run, argv, where);
  if (result.ok()) return result.output;
  throw std::runtime_error(fmt::format("{} cannot inspect the objects: {}{}",
                                       argv.front(), result.error,
                                       result.output.substr(0, 500)));
}

std::vector<std::string> with_objects(std::vector<std::string> argv,
                                      const Program& program) {
  for (const fs::path& object : compiled_objects(program)) {
    argv.push_back(object.lexically_relative(program.directory).string());
  }
  return argv;
}

/// Of the program's own objects.
std::string output_on_objects(const Launch& run, const Program& program,
                              const std::vector<std::string>& tool,
                              std::uint64_t most) {
  const auto argv = with_objects(tool, program);
  const ProcessResult result = run_tool(run, argv, program.directory, most);
  if (result.end == ProcessResult::End::output_limit ||
      result.end == ProcessResult::End::cpu_limit) {
    throw Uninspectable(
        "it holds more symbols, sections or includes than can be read");
  }
  const bool died =
      result.end == ProcessResult::End::signalled && result.code != SIGKILL;
  if (died || (result.end == ProcessResult::End::exited && result.code != 0)) {
    throw Uninspectable(
        fmt::format("what it compiles to is damaged, says {}", argv.front()));
  }
  if (result.ok()) return result.output;
  throw std::runtime_error(fmt::format("{} cannot inspect the objects: {}",
                                       argv.front(), result.error));
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

/// The C library's, the linker's and the compiler's: __gmon_start__, _ITM_....
bool is_reserved(string_view name) {
  return name.size() > 1 && name.front() == '_' &&
         (name[1] == '_' || std::isupper(static_cast<unsigned char>(name[1])));
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

/// Whatever else the program holds.
std::string why_denied_anyway(const Symbol& symbol) {
  const string_view outer = outermost(symbol.name);
  if (outer.starts_with("5Catch")) {
    return fmt::format("it uses the test framework ({})", symbol.name);
  }
  if (symbol.is_ifunc) {
    return fmt::format(
        "it defines an ifunc ({}): leave out target_clones, which choose a "
        "function before the tests begin",
        symbol.name);
  }
  if (!symbol.is_definition()) return "";
  if (is_allocation(symbol.name)) return "it defines operator new or delete";
  if (outer.starts_with("10__cxxabiv1")) {
    return fmt::format("it defines {} of the C++ runtime", symbol.name);
  }
  return "";
}

/// What is wrong with a definition that others use by its name; empty for names
/// that are the student's to choose.
std::string why_no_replacement(const Symbol& symbol) {
  if (!symbol.is_definition()) return "";
  const string_view name = symbol.name;
  if (!name.starts_with("_Z")) {
    if (is_compilers_own(name, symbol.is_weak)) return "";
    return fmt::format(
        "it defines {} outside C++; make it static, or part of a namespace",
        name);
  }
  const string_view outer = outermost(name);
  if (symbol.is_weak || !in_judges_namespace(outer)) return "";
  return fmt::format("it defines {} in {}", name,
                     in_standard_library(outer) ? "namespace std"
                                                : "a namespace of the tests");
}

string_view without_version(string_view name) {
  return name.substr(0, name.find('@'));
}

void add_names(const std::string& output, std::set<std::string>& names) {
  for (const auto& object : read_elf(output)) {
    for (const Symbol& symbol : object.symbols) {
      if (symbol.is_global) names.emplace(without_version(symbol.name));
    }
  }
}

/// Every name that the C++ library, or what the code is linked with, defines or
/// asks for.
std::set<std::string> names_in_use(const Launch& run, const Program& program,
                                   const Toolchain& toolchain,
                                   const std::vector<fs::path>& beside) {
  std::set<std::string> names;
  std::vector<std::string> argv = {"readelf", "--wide", "--symbols"};
  for (const auto* list : {&program.objects, &beside}) {
    argv.insert(argv.end(), list->begin(), list->end());
  }
  std::string library = output_of(
      run, {toolchain.compiler.string(), "-print-file-name=libstdc++.so.6"},
      program.directory);
  library.erase(library.find_last_not_of('\n') + 1);
  argv.push_back(library);
  add_names(output_of(run, argv, program.directory), names);
  return names;
}

/// "tensor.cpp: ", or nothing if there is only one.
std::string source_of(const Elf& object) {
  if (object.file.empty()) return "";
  return fs::path(object.file).stem().string() + ".cpp: ";
}

/// A definition that is refused if somebody else uses its name.
struct Suspect {
  std::string source, name, why;
};

std::string check_symbols(const std::vector<Elf>& objects, const Launch& run,
                          const Program& program, const Toolchain& toolchain,
                          const std::vector<fs::path>& beside) {
  std::vector<Suspect> suspects;
  for (const Elf& object : objects) {
    const std::string source = source_of(object);
    for (const Symbol& symbol : object.symbols) {
      if (symbol.is_weak && !symbol.is_defined) continue;
      std::string why = why_denied_anyway(symbol);
      if (!why.empty()) return source + why;
      why = why_no_replacement(symbol);
      if (why.empty()) continue;
      if (is_reserved(symbol.name) && !symbol.name.starts_with("_Z")) {
        return source + why;
      }
      suspects.push_back(
          {source, std::string(without_version(symbol.name)), why});
    }
  }
  if (suspects.empty()) return "";
  const auto used = names_in_use(run, program, toolchain, beside);
  for (const Suspect& suspect : suspects) {
    if (used.contains(suspect.name)) return suspect.source + suspect.why;
  }
  return "";
}

/// A constructor with a number of its own, larger than that of main.cpp.
bool runs_after_the_judge(string_view section) {
  constexpr string_view kPrefix = ".init_array.", kFirst = "00102";
  if (!section.starts_with(kPrefix)) return false;
  section.remove_prefix(kPrefix.size());
  return section.size() == kFirst.size() && section >= kFirst &&
         section.find_first_not_of("0123456789") == section.npos;
}

/// Sections whose code runs before, or beside, ordinary constructors, or that
/// show other symbols to nm than there are.
bool is_denied_section(string_view name) {
  if (runs_after_the_judge(name)) return false;
  constexpr string_view kDenied[] = {".preinit_array", ".init_array.", ".ctors",
                                     ".interp",        ".dynamic",     ".plt",
                                     ".gnu.lto_"};
  if (name == ".init" || name == ".fini") return true;
  return starts_with_any(name, kDenied);
}

std::string check_sections(const std::vector<Elf>& objects) {
  for (const Elf& object : objects) {
    for (const string_view name : object.sections) {
      if (!is_denied_section(name)) continue;
      return fmt::format(
          "{}its section {} runs code before the tests or rewires the program",
          source_of(object), name);
    }
  }
  return "";
}

bool is_below(const fs::path& file, const fs::path& folder) {
  const auto relative = file.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

bool is_systems(const fs::path& file) {
  return is_below(file, "/usr/include") || is_below(file, "/usr/lib") ||
         is_below(file, "/usr/local/include");
}

/// Decided by the name, because one in /proc leads elsewhere for us; and of the
/// system's, where links may leave, also by what the name leads to.
bool may_include(const fs::path& file, const Program& program,
                 const Toolchain& toolchain) {
  if (is_systems(file)) return is_systems(fs::weakly_canonical(file));
  const fs::path prelude = toolchain.prelude.lexically_normal();
  if (file == prelude || file == prelude.string() + ".gch" ||
      is_below(file, toolchain.include().lexically_normal())) {
    return true;
  }
  return std::any_of(program.sources.begin(), program.sources.end(),
                     [&](const fs::path& source) {
                       return file == source.lexically_normal();
                     });
}

std::string check_includes(const Launch& run, const Program& program,
                           const Toolchain& toolchain) {
  std::istringstream lines(output_on_objects(
      run, program, {toolchain.ninja.string(), "-t", "deps"}, kMostIncludes));
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("    ")) continue;
    const fs::path file =
        (program.directory / line.substr(4)).lexically_normal();
    if (may_include(file, program, toolchain)) continue;
    return fmt::format("it includes {}, which is not part of the framework",
                       file.string());
  }
  return "";
}

std::string first_reason(const Program& program, const Toolchain& toolchain,
                         const std::vector<fs::path>& beside,
                         const Launch& run) {
  std::string why = check_includes(run, program, toolchain);
  if (!why.empty()) return why;
  const std::string output = output_on_objects(
      run, program, {"readelf", "--wide", "--section-headers", "--symbols"},
      kMostSymbols);
  const auto objects = read_elf(output);
  why = check_sections(objects);
  if (!why.empty()) return why;
  return check_symbols(objects, run, program, toolchain, beside);
}

}  // namespace

std::string why_denied(const Program& program, const Toolchain& toolchain,
                       const std::vector<fs::path>& beside, const Launch& run) {
  try {
    return first_reason(program, toolchain, beside, run);
  } catch (const Uninspectable& reason) {
    return reason.what();
  }
}

}  // namespace grader
