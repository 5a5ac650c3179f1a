// Building student code: the only place that calls the compiler.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/curriculum.hpp"
#include "grader/process.hpp"
#include "grader/toolchain.hpp"

namespace grader {

struct Diagnostic {
  std::string file;
  int line = 0, column = 0;
  std::string message;
};

struct BuildResult {
  enum class End { ok, compile_error, link_error, limit, broken };
  End end = End::broken;
  std::vector<Diagnostic> errors;  ///< of the compiler, in order
  /// Symbols that tests need and the code does not define, demangled.
  std::vector<std::string> missing_symbols;
  std::string output;  ///< everything that compiler and linker printed
  bool ok() const { return end == End::ok; }
};

/// One program: sources that are compiled, objects that are linked as they are.
///
/// What is linked first wins where two files bring the same inline function or
/// template: the objects, then the support libraries (a harness holds them),
/// then the sources. Unread sources therefore cannot replace code that the
/// tests run through.
struct Program {
  std::filesystem::path directory;  ///< for objects and the executable
  std::string name;                 ///< of the executable
  std::vector<std::filesystem::path> sources;
  std::vector<std::filesystem::path> objects;  ///< linked in this order
  unsigned jobs = 0;     ///< compilers at a time; 0: as many as there are cores
  bool link = true;      ///< false: only compile the sources
  bool grading = false;  ///< a harness, with the toolchain's flags for grading
  bool prelude = false;  ///< and its precompiled header
  std::filesystem::path unnamed;  ///< for code that is graded its place is "."
  std::filesystem::path executable() const { return directory / name; }
};

/// Writes build.ninja into the program's directory and runs ninja: a source is
/// compiled again only if it, or a header it includes, has changed. `limits`
/// guard against hostile sources.
BuildResult build(const Program& program, const Toolchain& toolchain,
                  const Limits& limits = {}, const Launch& run = grader::run);

/// The objects that the program's sources are compiled to, in their order.
std::vector<std::filesystem::path> compiled_objects(const Program& program);

/// The program that runs tests of `module`: its sources and those of what it
/// requires, taken from `sources_root`/<folder>/src, with the test objects.
/// `kinds` lists "public", "hidden" or both.
Program test_program(const Curriculum& curriculum, const Module& module,
                     const Toolchain& toolchain,
                     const std::filesystem::path& sources_root,
                     const std::vector<std::string>& kinds,
                     const std::filesystem::path& directory);

/// A program with the tests of `module` and nothing else: it can list them, for
/// run_tests()' `expected`, but must not run them.
Program list_program(const Module& module, const Toolchain& toolchain,
                     const std::vector<std::string>& kinds,
                     const std::filesystem::path& directory);

/// The harness of `kind`, "public", "hidden" or "probes" (see oracle.hpp),
/// without the code that is graded. No objects if the tree has none of
/// that kind.
Program harness_program(const Module& module, const std::string& kind,
                        const Toolchain& toolchain,
                        const std::filesystem::path& directory);

/// Links a program in which symbols may be missing.
BuildResult build_incomplete(const Program& program,
                             const Toolchain& toolchain);

}  // namespace grader
