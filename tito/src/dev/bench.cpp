#include "dev/bench.hpp"

#include <fmt/format.h>

#include <tuple>

#include "dev/parallel.hpp"
#include "dev/text.hpp"
#include "grader/process.hpp"
#include "system/error.hpp"
#include "system/files.hpp"

namespace tito::dev {

namespace fs = std::filesystem;

namespace {

std::vector<std::string> quick_flags(const grader::Toolchain& toolchain) {
  std::vector<std::string> flags;
  for (const std::string& flag : toolchain.flags) {
    if (!flag.starts_with("-O") && !flag.starts_with("-g")) {
      flags.push_back(flag);
    }
  }
  flags.insert(flags.end(), {"-O1", "-I", toolchain.include().string()});
  return flags;
}

std::vector<SourceId> sources_of(
    const Course& course, const std::vector<const grader::Module*>& modules) {
  std::map<SourceId, bool> sources;
  for (const grader::Module* module : modules) {
    std::vector<const grader::Module*> needed =
        course.curriculum.prerequisites(*module);
    needed.push_back(module);
    for (const grader::Module* other : needed) {
      for (const std::string& file : other->sources) sources[{other, file}];
    }
  }
  std::vector<SourceId> result;
  result.reserve(sources.size());
  for (const auto& entry : sources) result.push_back(entry.first);
  return result;
}

}  // namespace

bool SourceId::operator<(const SourceId& other) const {
  return std::tie(module->number, file) <
         std::tie(other.module->number, other.file);
}

Bench::Bench(const Course& course, const grader::Toolchain& toolchain, int jobs)
    : course_(course),
      toolchain_(toolchain),
      jobs_(jobs),
      flags_(quick_flags(toolchain)) {}

fs::path Bench::directory(int thread) const {
  fs::path path = scratch_.path() / fmt::format("thread{}", thread);
  make_directories(path);
  return path;
}

void Bench::share_headers(const grader::Module& module) {
  std::string includes;
  for (const std::string& file : module.sources) {
    const fs::path source = course_.solutions(module) / "src" / file;
    for (const std::string& line : split_lines(read_text(source))) {
      if (line.starts_with("#include")) includes += line + "\n";
    }
  }
  const std::string header = (scratch_.path() / "shared.hpp").string();
  write_text(header, includes);
  grader::Command command;
  command.argv = {toolchain_.compiler.string()};
  command.argv.insert(command.argv.end(), flags_.begin(), flags_.end());
  command.argv.insert(command.argv.end(), {"-x", "c++-header", header});
  // A header that does not compile is reported with the source that needs it.
  if (grader::run(command).ok()) {
    flags_.insert(flags_.end(), {"-include", header});
  }
}

std::vector<fs::path> Bench::tests_of(const grader::Module& module) const {
  std::vector<fs::path> objects;
  for (const char* kind : {"public", "hidden"}) {
    const auto more = toolchain_.test_objects(kind, module.folder());
    objects.insert(objects.end(), more.begin(), more.end());
  }
  return objects;
}

void Bench::prepare(const std::vector<const grader::Module*>& modules,
                    const fs::path& root) {
  const std::vector<SourceId> sources = sources_of(course_, modules);
  std::vector<Compiled> results(sources.size());
  parallel(sources.size(), jobs_, [&](std::size_t i, int) {
    const SourceId& source = sources[i];
    const std::string folder = source.module->folder();
    const fs::path place = scratch_.path() / "objects" / folder / source.file;
    results[i] = compile(source.file,
                         read_text(root / folder / "src" / source.file), place);
  });
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (!results[i].ok) {
      throw NotYetError(fmt::format("{} does not compile:\n{}", sources[i].file,
                                    results[i].output));
    }
    objects_[sources[i]] = results[i].object;
  }
  for (const grader::Module* module : modules) {
    toolchain_.build_tests(module->folder());
    if (tests_of(*module).empty()) continue;
    expected_[module->number] =
        grader::list_tests(link(*module, {}, directory(0)));
  }
}

Compiled Bench::compile(const std::string& file, const std::string& text,
                        const fs::path& directory, Warnings warnings) const {
  write_text(directory / file, text);
  grader::Command command;
  command.directory = directory;
  command.argv = {toolchain_.compiler.string()};
  command.argv.insert(command.argv.end(), flags_.begin(), flags_.end());
  if (warnings == Warnings::errors) {
    command.argv.insert(command.argv.end(), {"-Wshadow", "-Werror"});
  } else {
    command.argv.push_back("-w");
  }
  command.argv.insert(command.argv.end(), {"-c", file, "-o", file + ".o"});
  const grader::ProcessResult result = grader::run(command);
  return {result.ok(), directory / (file + ".o"), result.output + result.error};
}

fs::path Bench::link(const grader::Module& module,
                     const std::map<SourceId, fs::path>& objects,
                     const fs::path& directory) const {
  fs::path program = directory / ("tests_" + module.folder());
  grader::Command command;
  // The main program comes first: it must see its input before any other code.
  command.argv = {toolchain_.compiler.string(), toolchain_.test_main.string()};
  for (const SourceId& source : sources_of(course_, {&module})) {
    const auto changed = objects.find(source);
    command.argv.push_back(
        (changed == objects.end() ? object(source) : changed->second).string());
  }
  for (const fs::path& test : tests_of(module)) {
    command.argv.push_back(test.string());
  }
  for (const fs::path& part : {toolchain_.test_support, toolchain_.support}) {
    command.argv.push_back(part.string());
  }
  command.argv.insert(command.argv.end(), toolchain_.link_flags.begin(),
                      toolchain_.link_flags.end());
  command.argv.insert(command.argv.end(), {"-o", program.string()});
  const grader::ProcessResult result = grader::run(command);
  if (!result.ok()) {
    throw NotYetError(fmt::format("the tests of {} do not link:\n{}{}",
                                  module.folder(), result.output,
                                  result.error));
  }
  return program;
}

std::vector<grader::TestResult> Bench::test(
    const grader::Module& module, const std::map<SourceId, fs::path>& objects,
    const fs::path& directory, const Trial& trial) const {
  const auto expected = expected_.find(module.number);
  if (expected == expected_.end()) return {};
  grader::TestRunOptions options;
  options.limits.wall = trial.per_test;
  options.limits.memory_bytes = std::uint64_t{4} << 30;
  options.limits.output_bytes = std::uint64_t{16} << 20;
  options.stop_at_first_failure = trial.stop_at_first_failure;
  return grader::run_tests(link(module, objects, directory), expected->second,
                           options);
}

}  // namespace tito::dev
