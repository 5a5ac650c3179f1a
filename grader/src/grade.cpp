#include "grader/grade.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <numeric>
#include <stdexcept>

#include "digest.hpp"
#include "grader/build.hpp"
#include "grader/oracle.hpp"
#include "inspect.hpp"
#include "room.hpp"

namespace grader {
namespace {

namespace fs = std::filesystem;

void write_file(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream out(file, std::ios::binary);
  out << text;
  out.close();
  if (!out) {
    throw std::runtime_error(fmt::format("cannot write {}", file.string()));
  }
}

std::vector<const Module*> chosen(const Curriculum& curriculum,
                                  const std::vector<std::string>& numbers) {
  std::vector<const Module*> modules;
  for (const Module& module : curriculum.modules()) {
    if (numbers.empty() ||
        std::count(numbers.begin(), numbers.end(), module.number) > 0) {
      modules.push_back(&module);
    }
  }
  return modules;
}

/// Whatever names a file (__FILE__) must not tell one run from another.
Toolchain with_neutral_paths(Toolchain toolchain, const fs::path& scratch) {
  const auto flag = fmt::format("-ffile-prefix-map={}=.", scratch.string());
  toolchain.flags.push_back(flag);
  toolchain.grading_flags.push_back(flag);
  return toolchain;
}

/// Sanitizers reserve more address space than any limit leaves.
bool is_sanitized(const Toolchain& toolchain) {
  return std::any_of(
      toolchain.flags.begin(), toolchain.flags.end(),
      [](const auto& flag) { return flag.rfind("-fsanitize", 0) == 0; });
}

Outcome outcome_of(BuildResult::End end) {
  switch (end) {
    case BuildResult::End::compile_error:
      return Outcome::compile_error;
    case BuildResult::End::link_error:
      return Outcome::link_error;
    case BuildResult::End::limit:
      return Outcome::limit;
    case BuildResult::End::ok:
    case BuildResult::End::broken:
      break;
  }
  return Outcome::infrastructure_error;
}

std::string without(std::string text, const std::string& prefix) {
  for (std::size_t at; (at = text.find(prefix)) != std::string::npos;) {
    text.erase(at, prefix.size());
  }
  return text;
}

/// What went wrong, in one line where possible.
std::string what_failed(const BuildResult& result) {
  if (!result.missing_symbols.empty()) {
    return fmt::format("not defined: {}",
                       fmt::join(result.missing_symbols, ", "));
  }
  if (result.end == BuildResult::End::limit) {
    return "the compiler exceeded its time, memory or output";
  }
  if (result.errors.empty()) return result.output;
  const Diagnostic& first = result.errors.front();
  const std::size_t more = result.errors.size() - 1;
  return fmt::format("{}:{}: {}{}", first.file, first.line, first.message,
                     more > 0 ? fmt::format(" ({} more)", more) : "");
}

/// The same whatever the scratch directory is called.
std::string detail_of(const BuildResult& result, const fs::path& sources) {
  return without(what_failed(result).substr(0, 1000), sources.string() + "/");
}

void settle(ModuleGrade& grade, const BuildResult& built, const Room& room) {
  grade.outcome = outcome_of(built.end);
  grade.detail = detail_of(built, room.sources());
}

}  // namespace

Limits default_test_limits() {
  Limits limits;
  limits.wall = std::chrono::seconds(30);
  limits.cpu = std::chrono::seconds(10);
  limits.memory_bytes = std::uint64_t{1} << 30;
  limits.output_bytes = 1 << 20;
  limits.processes = 64;
  limits.confined = true;
  return limits;
}

Limits default_build_limits() {
  Limits limits;
  // CPU time is what a compiler bomb costs; the wall clock also runs while a
  // busy machine lets an honest submission wait.
  limits.wall = std::chrono::seconds(180);
  limits.cpu = std::chrono::seconds(60);
  limits.memory_bytes = std::uint64_t{2} << 30;
  limits.output_bytes = 1 << 20;
  limits.file_bytes = std::uint64_t{256} << 20;
  return limits;
}

Grader::Grader(const Curriculum& curriculum, const Toolchain& toolchain,
               GradeOptions options, fs::path scratch)
    : curriculum_(curriculum),
      options_(std::move(options)),
      scratch_(std::move(scratch)),
      stubs_(toolchain.course / "modules"),
      modules_(chosen(curriculum, options_.modules)),
      release_(curriculum, with_neutral_paths(toolchain, scratch_), modules_,
               options_.prerequisites == Prerequisites::reference ||
                   toolchain.has_solutions(),
               scratch_ / "release") {
  if (is_sanitized(toolchain)) {
    options_.test_limits.memory_bytes = 0;
    options_.build_limits.memory_bytes = 0;
  }
  if (!options_.sandboxed) {
    options_.test_limits.processes = 0;
    release_.close_to_others();
  }
  fs::permissions(scratch_, fs::perms(0711));
}

ModuleGrade Grader::empty_grade(const Module& module) const {
  ModuleGrade grade;
  grade.number = module.number;
  grade.folder = module.folder();
  grade.maximum = module.points();
  return grade;
}

SubmissionGrade Grader::not_graded(const std::string& id, Outcome outcome,
                                   const std::string& why) const {
  SubmissionGrade grade;
  grade.id = id;
  for (const Module* module : modules_) {
    grade.modules.push_back(empty_grade(*module));
    grade.modules.back().outcome = outcome;
    grade.modules.back().detail = why;
  }
  return grade;
}

SubmissionGrade Grader::grade(const Submission& submission,
                              const VerdictCache& cache) const {
  if (!submission.error.empty()) {
    return not_graded(submission.id, Outcome::unreadable, submission.error);
  }
  SubmissionGrade result;
  result.id = submission.id;
  result.ignored = submission.ignored;
  result.notes = submission.notes;
  std::unique_ptr<Room> room;
  for (const Module* module : modules_) {
    const auto given = submission.files.find(module->number);
    if (given == submission.files.end() || given->second.empty()) {
      result.modules.push_back(empty_grade(*module));
      continue;
    }
    const std::string key = verdict_key(submission, *module);
    auto known = cache.find ? cache.find(key) : std::nullopt;
    if (!known) {
      if (!room) room = make_room(submission);
      known = grade_module(*module, submission, *room);
      if (cache.store && known->has_points()) cache.store(key, *known);
    }
    result.modules.push_back(std::move(*known));
  }
  return result;
}

/// Digest of everything of a submission that this module's grade rests on.
std::string Grader::content_of(const Submission& submission,
                               const Module& module) const {
  auto parts = curriculum_.prerequisites(module);
  if (options_.prerequisites == Prerequisites::reference) parts.clear();
  parts.push_back(&module);
  Digest digest;
  for (const Module* part : parts) {
    const auto given = submission.files.find(part->number);
    if (given == submission.files.end()) continue;
    for (const auto& [name, text] : given->second) {
      digest.add(part->number).add(name).add(text);
    }
  }
  return digest.hex();
}

std::string Grader::verdict_key(const Submission& submission,
                                const Module& module) const {
  const Limits& limits = options_.test_limits;
  const auto settings =
      fmt::format("{} {} {} {} {}", static_cast<int>(options_.prerequisites),
                  options_.sandboxed, limits.cpu.count(), limits.memory_bytes,
                  limits.output_bytes);
  return Digest()
      .add(release_.digest(module))
      .add(module.number)
      .add(content_of(submission, module))
      .add(options_.key)
      .add(settings)
      .hex();
}

/// A file that is missing counts as its stub, so that the others still build.
std::unique_ptr<Room> Grader::make_room(const Submission& submission) const {
  auto room = std::make_unique<Room>(
      scratch_ / "submissions" / submission.id, release_.directory(),
      release_.toolchain().jail, options_.sandboxed);
  for (const Module& module : curriculum_.modules()) {
    const auto given = submission.files.find(module.number);
    for (const std::string& source : module.sources) {
      const fs::path below = fs::path(module.folder()) / "src" / source;
      const fs::path target = room->sources() / below;
      if (given != submission.files.end() && given->second.count(source) > 0) {
        write_file(target, given->second.at(source));
      } else {
        fs::create_directories(target.parent_path());
        fs::copy_file(stubs_ / below, target);
      }
    }
  }
  return room;
}

ModuleGrade Grader::grade_module(const Module& module,
                                 const Submission& submission,
                                 const Room& room) const {
  ModuleGrade grade = empty_grade(module);
  if (!build_module(module, room, grade)) return grade;
  run_module(module, content_of(submission, module), room, grade);
  return grade;
}

/// Adds the student's sources of this module and, if those count, of the ones
/// before it; otherwise their reference objects.
void Grader::add_code(Program& program, const Module& module,
                      const Room& room) const {
  const auto add_sources = [&](const Module& part) {
    for (const std::string& source : part.sources) {
      program.sources.push_back(room.sources() / part.folder() / "src" /
                                source);
    }
  };
  program.jobs = 1;
  program.grading = true;
  add_sources(module);
  for (const Module* other : curriculum_.prerequisites(module)) {
    if (options_.prerequisites == Prerequisites::own) {
      add_sources(*other);
      continue;
    }
    const auto& objects = release_.reference(*other);
    program.objects.insert(program.objects.end(), objects.begin(),
                           objects.end());
  }
}

/// Compiles, looks at the objects, links. False if the grade is settled.
bool Grader::build_module(const Module& module, const Room& room,
                          ModuleGrade& grade) const {
  const Toolchain& toolchain = release_.toolchain();
  Program tests =
      list_program(module, toolchain, {"public", "hidden"}, room.build());
  add_code(tests, module, room);
  if (!compile(tests, room, grade)) return false;
  const Launch run = room.linking();
  grade.detail = why_denied(tests, toolchain, run);
  if (!grade.detail.empty()) {
    grade.outcome = Outcome::denied;
    return false;
  }
  if (!link(tests, room, run, grade)) return false;
  if (release_.probes(module).empty()) return true;
  Program probes = probe_program(module, toolchain, room.build());
  add_code(probes, module, room);
  probes.prelude = tests.prelude;
  return link(probes, room, run, grade);
}

/// With the prelude, which may hide names of the student's; what does not
/// compile so is judged without.
bool Grader::compile(Program& program, const Room& room,
                     ModuleGrade& grade) const {
  program.link = false;
  const Launch run = room.compiling();
  for (const bool prelude : {true, false}) {
    program.prelude = prelude;
    const BuildResult built =
        build(program, release_.toolchain(), options_.build_limits, run);
    if (built.ok()) return true;
    settle(grade, built, room);
    if (built.end != BuildResult::End::compile_error) return false;
  }
  return false;
}

bool Grader::link(Program& program, const Room& room, const Launch& run,
                  ModuleGrade& grade) const {
  program.link = true;
  const BuildResult built =
      build(program, release_.toolchain(), options_.build_limits, run);
  if (!built.ok()) settle(grade, built, room);
  return built.ok();
}

void Grader::run_module(const Module& module, const std::string& content,
                        const Room& room, ModuleGrade& grade) const {
  TestRunOptions options;
  options.isolation = Isolation::each_alone;
  options.limits = options_.test_limits;
  options.run = room.testing();
  const fs::path executable = room.build() / ("tests_" + module.folder());
  grade.tests = run_tests(executable, release_.tests(module), options);
  const auto values = run_oracle(module, content, room, options.run);
  grade.tests.insert(grade.tests.end(), values.begin(), values.end());
  grade.tasks = score(module, grade.tests);
  grade.points = std::accumulate(
      grade.tasks.begin(), grade.tasks.end(), 0.0,
      [](double sum, const TaskScore& task) { return sum + task.points; });
  grade.outcome = outcome_of_points(grade.points, grade.maximum);
  for (const TestResult& test : grade.tests) {
    if (test.status != TestResult::Status::not_run) continue;
    grade.outcome = Outcome::infrastructure_error;
    grade.detail = test.detail;
  }
}

std::vector<TestResult> Grader::run_oracle(const Module& module,
                                           const std::string& content,
                                           const Room& room,
                                           const Launch& run) const {
  const std::vector<TestResult>& probes = release_.probes(module);
  if (probes.empty()) return {};
  std::map<std::string, std::string> seeds;
  for (const TestResult& probe : probes) {
    seeds[probe.name] =
        probe_seed(options_.key, module.number, content, probe.name);
  }
  return run_probes(room.build() / ("probes_" + module.folder()), probes, seeds,
                    release_.expected(module, seeds), options_.test_limits,
                    run);
}

}  // namespace grader
