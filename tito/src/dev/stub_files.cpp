#include "dev/stub_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "dev/regions.hpp"
#include "dev/stub.hpp"
#include "grader/process.hpp"
#include "system/error.hpp"
#include "system/files.hpp"

namespace tito::dev {

namespace fs = std::filesystem;

namespace {

std::optional<StubFile> plan_stub(const Course& course,
                                  const grader::Module& module,
                                  const std::string& source,
                                  std::vector<Problem>& problems) {
  const fs::path solution = course.solutions(module) / "src" / source;
  const std::string name = course.relative(solution);
  if (!fs::exists(solution)) {
    problems.push_back({name, 0, "missing; modules/curriculum.json lists it"});
    return {};
  }
  const std::size_t before = problems.size();
  const std::string text = read_text(solution);
  const std::vector<Region> regions = parse_regions(text, name, problems);
  check_regions(regions, module, source, name, problems);
  if (problems.size() > before) return {};
  return StubFile{solution, course.room(module) / "src" / source,
                  generate_stub(text, regions)};
}

void find_unlisted(const Course& course, const grader::Module& module,
                   std::vector<Problem>& problems) {
  const fs::path folder = course.solutions(module) / "src";
  if (!fs::exists(folder)) return;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const auto& sources = module.sources;
    if (std::find(sources.begin(), sources.end(), name) == sources.end()) {
      problems.push_back(
          {course.relative(entry.path()), 0,
           fmt::format("not in \"sources\" of module {}: list it in "
                       "modules/curriculum.json or move it away",
                       module.number)});
    }
  }
}

/// A copy of what the generator last wrote: such a stub is nobody's work.
fs::path last_written(const Course& course, const StubFile& file) {
  return course.root / ".tito/stubs" / course.relative(file.stub);
}

bool is_at_head(const Course& course, const StubFile& file,
                const std::string& text) {
  grader::Command show;
  show.argv = {"git", "-C", course.root.string(), "show",
               "HEAD:./" + course.relative(file.stub)};
  const grader::ProcessResult git = grader::run(show);
  return git.ok() && git.output == text;
}

bool holds_student_work(const Course& course, const StubFile& file) {
  if (!fs::exists(file.stub)) return false;
  const std::string text = read_text(file.stub);
  if (text == file.text) return false;
  const fs::path last = last_written(course, file);
  if (fs::exists(last) && read_text(last) == text) return false;
  return !is_at_head(course, file, text);
}

void refuse_student_work(const Course& course,
                         const std::vector<StubFile>& stubs) {
  std::string files;
  for (const StubFile& file : stubs) {
    if (holds_student_work(course, file)) {
      files += "\n  " + course.relative(file.stub);
    }
  }
  if (files.empty()) return;
  throw UsageError(
      "nothing written, because these stubs hold work that neither the "
      "generator nor git HEAD knows:" +
      files + "\nTo overwrite them: tito dev stubs --force");
}

int write_stubs(const Course& course, const std::vector<StubFile>& stubs,
                Terminal& terminal) {
  int written = 0;
  for (const StubFile& file : stubs) {
    if (!fs::exists(file.stub) || read_text(file.stub) != file.text) {
      write_text(file.stub, file.text);
      terminal.print("wrote {}\n", course.relative(file.stub));
      ++written;
    }
    write_text(last_written(course, file), file.text);
  }
  return written;
}

bool has_solutions(const Course& course) {
  for (const grader::Module& module : course.curriculum.modules()) {
    for (const std::string& source : module.sources) {
      if (fs::exists(course.solutions(module) / "src" / source)) return true;
    }
  }
  return false;
}

}  // namespace

std::vector<StubFile> plan_stubs(
    const Course& course, const std::vector<const grader::Module*>& modules,
    std::vector<Problem>& problems) {
  std::vector<StubFile> stubs;
  for (const grader::Module* module : modules) {
    for (const std::string& source : module->sources) {
      auto stub = plan_stub(course, *module, source, problems);
      if (stub) stubs.push_back(std::move(*stub));
    }
    find_unlisted(course, *module, problems);
  }
  return stubs;
}

std::vector<StubFile> generated_stubs(const Course& course) {
  std::vector<Problem> problems;
  auto stubs = plan_stubs(course, select_modules(course, ""), problems);
  if (problems.empty()) return stubs;
  throw NotYetError(fmt::format(
      "the stubs cannot be generated: {}. See: tito dev stubs --check",
      to_string(problems.front())));
}

std::vector<Problem> compare_stubs(const Course& course,
                                   const std::vector<StubFile>& stubs) {
  std::vector<Problem> problems;
  for (const StubFile& file : stubs) {
    const std::string name = course.relative(file.stub);
    if (!fs::exists(file.stub)) {
      problems.push_back({name, 0, "missing. Run: tito dev stubs"});
      continue;
    }
    const std::string text = read_text(file.stub);
    if (text != file.text) {
      problems.push_back(
          {name, 0,
           "differs from its solution: " + first_difference(text, file.text) +
               ". Run: tito dev stubs"});
    }
  }
  return problems;
}

int run_stubs(const Course& course, const StubOptions& options,
              Terminal& terminal) {
  if (!has_solutions(course)) {
    throw UsageError(
        "there are no solutions here, so there is nothing to generate stubs "
        "from. To start a module again: tito module reset NN");
  }
  std::vector<Problem> problems;
  const std::vector<StubFile> stubs =
      plan_stubs(course, select_modules(course, options.module), problems);
  if (options.check) {
    const std::vector<Problem> stale = compare_stubs(course, stubs);
    problems.insert(problems.end(), stale.begin(), stale.end());
  } else {
    if (!options.force) refuse_student_work(course, stubs);
    const int written = write_stubs(course, stubs, terminal);
    terminal.print("{} stubs: {} written, {} up to date\n", stubs.size(),
                   written, stubs.size() - static_cast<std::size_t>(written));
  }
  for (const Problem& problem : problems) {
    terminal.warn("{}\n", to_string(problem));
  }
  return problems.empty() ? 0 : 1;
}

}  // namespace tito::dev
