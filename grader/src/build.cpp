#include "grader/build.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "diagnostics.hpp"

namespace grader {
namespace {

namespace fs = std::filesystem;

std::string replace_all(std::string text, const std::string& from,
                        const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos;
       at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

/// A path as ninja reads it in a build statement.
std::string ninja_path(const fs::path& path) {
  const std::string dollars = replace_all(path.string(), "$", "$$");
  return replace_all(replace_all(dollars, " ", "$ "), ":", "$:");
}

/// A word of a command: for the shell, inside a ninja variable.
std::string ninja_word(const std::string& word) {
  const std::string escaped = replace_all(word, "'", "'\\''");
  return replace_all(fmt::format("'{}'", escaped), "$", "$$");
}

std::string words(const std::vector<std::string>& list) {
  std::string result;
  for (const std::string& word : list) {
    result.append(" ").append(ninja_word(word));
  }
  return result;
}

/// One object name per source; the folder above src keeps equal names apart.
std::vector<fs::path> object_names(const Program& program) {
  std::set<fs::path> taken;
  std::vector<fs::path> names;
  for (const fs::path& source : program.sources) {
    const fs::path folder =
        source.parent_path().parent_path().filename() / source.stem();
    fs::path name = folder.string() + ".o";
    for (int i = 2; !taken.insert(name).second; ++i) {
      name = fmt::format("{}-{}.o", folder.string(), i);
    }
    names.push_back(name);
  }
  return names;
}

/// The libraries a program is linked with. A harness has them in itself.
std::vector<fs::path> libraries(const Program& program,
                                const Toolchain& toolchain) {
  if (program.grading) return {};
  if (toolchain.test_support.empty()) return {toolchain.support};
  return {toolchain.test_support, toolchain.support};
}

std::string link_inputs(const Program& program, const Toolchain& toolchain,
                        const std::vector<fs::path>& names) {
  std::vector<std::string> list;
  for (const fs::path& object : program.objects) list.push_back(object);
  list.emplace_back("-Wl,--whole-archive");
  for (const fs::path& library : libraries(program, toolchain)) {
    list.push_back(library);
  }
  list.emplace_back("-Wl,--no-whole-archive");
  for (const fs::path& name : names) list.push_back(name);
  const auto& flags =
      program.grading ? toolchain.grading_link_flags : toolchain.link_flags;
  list.insert(list.end(), flags.begin(), flags.end());
  return words(list);
}

std::vector<std::string> compile_flags(const Program& program,
                                       const Toolchain& toolchain) {
  if (!program.grading) return toolchain.flags;
  std::vector<std::string> flags = toolchain.grading_flags;
  if (program.prelude && !toolchain.prelude.empty()) {
    flags.insert(flags.end(), {"-include", toolchain.prelude.string()});
  }
  if (!program.unnamed.empty()) {
    flags.push_back("-ffile-prefix-map=" + program.unnamed.string() + "=.");
  }
  return flags;
}

std::string ninja_file(const Program& program, const Toolchain& toolchain) {
  const auto names = object_names(program);
  std::string text = fmt::format(
      "ninja_required_version = 1.8\n"
      "rule compile\n"
      "  command = {}{} -I{} -MD -MF $out.d -c $in -o $out\n"
      "  depfile = $out.d\n"
      "  deps = gcc\n"
      "rule link\n"
      "  command = {} -o $out $inputs\n",
      ninja_word(toolchain.compiler), words(compile_flags(program, toolchain)),
      ninja_word(toolchain.include()), ninja_word(toolchain.compiler));
  std::string inputs;
  for (std::size_t i = 0; i < names.size(); ++i) {
    text += fmt::format("build {}: compile {}\n", ninja_path(names[i]),
                        ninja_path(program.sources[i]));
    inputs.append(" ").append(ninja_path(names[i]));
  }
  if (!program.link) return text;
  for (const fs::path& object : program.objects) {
    inputs.append(" ").append(ninja_path(object));
  }
  for (const fs::path& library : libraries(program, toolchain)) {
    inputs.append(" ").append(ninja_path(library));
  }
  text +=
      fmt::format("build {}: link{}\n  inputs ={}\n", ninja_path(program.name),
                  inputs, link_inputs(program, toolchain, names));
  return text;
}

/// An unchanged file keeps its time, so that ninja has nothing to think about.
void write_if_changed(const fs::path& file, const std::string& text) {
  std::ifstream in(file, std::ios::binary);
  const std::string present{std::istreambuf_iterator<char>(in), {}};
  if (in && present == text) return;
  std::ofstream out(file, std::ios::binary);
  out << text;
  out.close();
  if (!out) {
    throw fs::filesystem_error("cannot write the build's description", file,
                               std::make_error_code(std::errc::io_error));
  }
  // Whoever compiles may be another user, whatever the umask.
  fs::permissions(file, fs::perms(0644));
}

/// No limit kills like that, and where there are errors they decide.
bool was_killed_by_others(const BuildResult& result,
                          const ProcessResult& ninja) {
  if (ninja.end == ProcessResult::End::signalled) return true;
  if (ninja.end != ProcessResult::End::exited) return false;
  return tells_of_kill(result.output) && !tells_of_limit(result.output) &&
         !tells_of_error(result.output) && result.missing_symbols.empty();
}

/// Of files that a source includes.
bool has_too_many_names(const ProcessResult& ninja) {
  return (ninja.output + ninja.error)
             .find("deps log: Numerical result out of range") !=
         std::string::npos;
}

BuildResult::End end_of(const BuildResult& result, const ProcessResult& ninja) {
  using End = BuildResult::End;
  if (ninja.ok()) return End::ok;
  if (ninja.end == ProcessResult::End::not_started) return End::broken;
  if (was_killed_by_others(result, ninja)) return End::broken;
  if (ninja.end != ProcessResult::End::exited ||
      tells_of_limit(result.output) || has_too_many_names(ninja)) {
    return End::limit;
  }
  const auto failed = ninja.output.find("FAILED: ");
  if (failed == std::string::npos) return End::broken;
  const auto line =
      ninja.output.substr(failed, ninja.output.find('\n', failed) - failed);
  return line.find(".o ") != std::string::npos ? End::compile_error
                                               : End::link_error;
}

}  // namespace

BuildResult build(const Program& program, const Toolchain& toolchain,
                  const Limits& limits, const Launch& run) {
  BuildResult result;
  try {
    fs::create_directories(program.directory);
    write_if_changed(program.directory / "build.ninja",
                     ninja_file(program, toolchain));
  } catch (const fs::filesystem_error& error) {
    result.output = error.what();
    return result;
  }
  Command command;
  if (program.sources.empty() && !program.link) {
    result.end = BuildResult::End::ok;
    return result;
  }
  command.argv = {toolchain.ninja.string(), "-k", "0", "--quiet"};
  if (program.jobs > 0) {
    command.argv.insert(command.argv.end(),
                        {"-j", std::to_string(program.jobs)});
  }
  command.directory = program.directory;
  command.environment = {"LC_ALL=C", "NINJA_STATUS="};
  const ProcessResult ninja = run(command, limits);
  result.output = without_ninja(ninja.output) + ninja.error;
  read_diagnostics(result);
  result.end = end_of(result, ninja);
  return result;
}

std::vector<fs::path> compiled_objects(const Program& program) {
  std::vector<fs::path> objects;
  for (const fs::path& name : object_names(program)) {
    objects.push_back(program.directory / name);
  }
  return objects;
}

Program test_program(const Curriculum& curriculum, const Module& module,
                     const Toolchain& toolchain, const fs::path& sources_root,
                     const std::vector<std::string>& kinds,
                     const fs::path& directory) {
  Program program = list_program(module, toolchain, kinds, directory);
  auto modules = curriculum.prerequisites(module);
  modules.push_back(&module);
  for (const Module* part : modules) {
    for (const std::string& source : part->sources) {
      program.sources.push_back(sources_root / part->folder() / "src" / source);
    }
  }
  return program;
}

Program harness_program(const Module& module, const std::string& kind,
                        const Toolchain& toolchain, const fs::path& directory) {
  Program program;
  program.directory = directory;
  program.name = kind + "_" + module.folder();
  program.objects = toolchain.test_objects("harness/" + kind, module.folder());
  program.grading = true;
  return program;
}

Program list_program(const Module& module, const Toolchain& toolchain,
                     const std::vector<std::string>& kinds,
                     const fs::path& directory) {
  Program program;
  program.directory = directory;
  program.name = "tests_" + module.folder();
  program.objects = {toolchain.test_main};
  for (const std::string& kind : kinds) {
    const auto objects = toolchain.test_objects(kind, module.folder());
    program.objects.insert(program.objects.end(), objects.begin(),
                           objects.end());
  }
  return program;
}

BuildResult build_incomplete(const Program& program,
                             const Toolchain& toolchain) {
  Toolchain lenient = toolchain;
  lenient.link_flags.insert(
      lenient.link_flags.end(),
      {"-no-pie", "-Wl,--unresolved-symbols=ignore-all", "-Wl,-z,lazy",
       "-Wl,-S", "-fno-use-linker-plugin", "-fuse-ld=bfd"});
  return build(program, lenient);
}

}  // namespace grader
