#include "grader/grade.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <stdexcept>

#include "digest.hpp"
#include "files.hpp"
#include "grader/build.hpp"
#include "grader/oracle.hpp"
#include "grader/unicode.hpp"
#include "inspect.hpp"
#include "room.hpp"
#include "settle.hpp"

namespace grader {
namespace {

namespace fs = std::filesystem;

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

std::vector<TestResult> tests_of(std::vector<TestResult> tests, bool hidden) {
  std::erase_if(tests, [&](const auto& test) { return test.hidden != hidden; });
  return tests;
}

void append(std::vector<TestResult>& tests, std::vector<TestResult> more) {
  std::move(more.begin(), more.end(), std::back_inserter(tests));
}

/// What the code meets in the programs that judge it.
std::vector<fs::path> harnesses(const Module& module,
                                const Toolchain& toolchain) {
  std::vector<fs::path> objects;
  for (const char* kind : {"public", "hidden", "probes"}) {
    const auto more = harness_program(module, kind, toolchain, {}).objects;
    objects.insert(objects.end(), more.begin(), more.end());
  }
  return objects;
}

/// The harness with the code that is graded, which was compiled and inspected:
/// from here on nothing compiles it again.
Program with_code(const Program& harness, const Program& code) {
  Program program = code;
  program.link = true;
  program.name = harness.name;
  program.sources.clear();
  program.objects = harness.objects;
  for (const auto& more : {code.objects, compiled_objects(code)}) {
    program.objects.insert(program.objects.end(), more.begin(), more.end());
  }
  return program;
}

/// A symbol's name may be megabytes long.
constexpr std::size_t kLongestReason = 1000;
/// What a submission compiles to takes tenths of a MiB.
constexpr std::uint64_t kLargestObject = std::uint64_t{32} << 20;

/// What failed here has no points: not even for what ran before.
bool failed_here(ModuleGrade& grade) {
  const auto test = std::find_if(
      grade.tests.begin(), grade.tests.end(), [](const auto& result) {
        return result.status == TestResult::Status::not_run;
      });
  if (test == grade.tests.end()) return false;
  grade.outcome = Outcome::infrastructure_error;
  grade.detail = test->detail;
  grade.tests.clear();
  return true;
}

void add_up(const Module& module, ModuleGrade& grade) {
  if (failed_here(grade)) return;
  grade.tasks = score(module, grade.tests);
  grade.points = std::accumulate(
      grade.tasks.begin(), grade.tasks.end(), 0.0,
      [](double sum, const TaskScore& task) { return sum + task.points; });
  grade.outcome = outcome_of_points(grade.points, grade.maximum);
}

}  // namespace

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
  require_enterable(scratch_);
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
  if (!options_.sandboxed) result.notes.push_back(kDegradedNote);
  std::unique_ptr<Room> room;
  for (const Module* module : modules_) {
    const auto given = submission.files.find(module->number);
    if (given == submission.files.end() || given->second.empty()) {
      result.modules.push_back(empty_grade(*module));
      continue;
    }
    for (const std::string& source : module->sources) {
      if (given->second.contains(source)) continue;
      result.notes.push_back(stub_note(module->folder(), source));
    }
    const std::string key = verdict_key(submission, *module);
    auto known = cache.find ? cache.find(key) : std::nullopt;
    if (!known) {
      if (!options_.own_code) room.reset();
      if (!room) room = make_room();
      known = grade_module(*module, submission, *room);
      if (cache.store && known->has_points()) cache.store(key, *known);
    }
    result.modules.push_back(std::move(*known));
  }
  return result;
}

/// A file that is missing counts as its stub, so that the others still build.
std::string Grader::source_of(const Submission& submission,
                              const Module& module,
                              const std::string& name) const {
  const auto given = submission.files.find(module.number);
  if (given != submission.files.end() && given->second.contains(name)) {
    return given->second.at(name);
  }
  const std::string file = module.folder() + "/src/" + name;
  const auto stub = options_.stubs.find(file);
  return stub == options_.stubs.end() ? read_file(stubs_ / file) : stub->second;
}

/// Digest of everything of a submission that this module's grade rests on.
std::string Grader::content_of(const Submission& submission,
                               const Module& module) const {
  Digest digest;
  for (const Module* part : parts_of(module)) {
    for (const std::string& name : part->sources) {
      digest.add(part->number)
          .add(name)
          .add(source_of(submission, *part, name));
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

/// The modules whose code is the student's: this one and, if those count, the
/// ones before it.
std::vector<const Module*> Grader::parts_of(const Module& module) const {
  std::vector<const Module*> parts;
  if (options_.prerequisites == Prerequisites::own) {
    parts = curriculum_.prerequisites(module);
  }
  parts.push_back(&module);
  return parts;
}

std::unique_ptr<Room> Grader::make_room() const {
  return std::make_unique<Room>(make_folder(scratch_ / "submissions"),
                                release_.directory(), release_.toolchain().jail,
                                options_.sandboxed);
}

/// With what the verdict's key holds, and nothing else.
void Grader::furnish(const Room& room, const Module& module,
                     const Submission& submission) const {
  for (const Module* part : parts_of(module)) {
    for (const std::string& source : part->sources) {
      write_file(room.sources() / part->folder() / "src" / source,
                 source_of(submission, *part, source));
    }
  }
  make_readable(room.sources());
}

ModuleGrade Grader::grade_module(const Module& module,
                                 const Submission& submission,
                                 const Room& room) const {
  ModuleGrade grade = empty_grade(module);
  const bool trusted = options_.sandboxed || options_.own_code;
  if (module.writes_files && !trusted && geteuid() != 0) {
    grade.outcome = Outcome::infrastructure_error;
    grade.detail =
        "it writes files, and without a sandbox they could be anybody's: grade "
        "it in sandboxes, or as root";
    return grade;
  }
  furnish(room, module, submission);
  Program code = code_of(module, room);
  if (!compile(code, room, grade)) return grade;
  const std::string content = content_of(submission, module);
  if (judge(module, content, code, room, grade)) add_up(module, grade);
  return grade;
}

/// The student's sources, and the reference's objects of what else it requires.
Program Grader::code_of(const Module& module, const Room& room) const {
  Program code;
  code.directory = room.build();
  code.jobs = 1;
  code.grading = true;
  code.unnamed = room.sources();
  for (const Module* part : parts_of(module)) {
    for (const std::string& source : part->sources) {
      code.sources.push_back(room.sources() / part->folder() / "src" / source);
    }
  }
  if (options_.prerequisites == Prerequisites::own) return code;
  for (const Module* other : curriculum_.prerequisites(module)) {
    const auto& objects = release_.reference(*other);
    code.objects.insert(code.objects.end(), objects.begin(), objects.end());
  }
  return code;
}

/// With the prelude, which may hide names of the student's; what does not
/// compile so is judged without.
bool Grader::compile(Program& program, const Room& room,
                     ModuleGrade& grade) const {
  program.link = false;
  const Launch run = room.compiling();
  Limits limits = options_.build_limits;
  limits.file_bytes = std::min(limits.file_bytes, kLargestObject);
  for (const bool prelude : {true, false}) {
    program.prelude = prelude;
    const BuildResult built = build(program, release_.toolchain(), limits, run);
    if (built.ok()) return true;
    settle(grade, built, room);
    if (built.end != BuildResult::End::compile_error) return false;
  }
  return false;
}

/// False if the grade is settled. One program after the other: while one runs,
/// the next does not exist, so that no public test, whose output the student
/// reads, can show what a hidden one expects.
bool Grader::judge(const Module& module, const std::string& content,
                   const Program& code, const Room& room,
                   ModuleGrade& grade) const {
  const Toolchain& toolchain = release_.toolchain();
  if (!options_.own_code) room.seal();
  const Launch linking = room.linking();
  const Launch testing =
      module.writes_files ? room.testing_with_files() : room.testing();
  grade.detail = first_bytes(
      neutral(
          why_denied(code, toolchain, harnesses(module, toolchain), linking),
          room),
      kLongestReason);
  if (!grade.detail.empty()) {
    grade.outcome = Outcome::denied;
    return false;
  }
  TestRunOptions options;
  options.isolation = Isolation::each_alone;
  options.limits = options_.test_limits;
  options.run = testing;
  for (const bool hidden : {false, true}) {
    const auto expected = tests_of(release_.tests(module), hidden);
    if (expected.empty()) continue;
    const Program program = with_code(
        harness_program(module, hidden ? "hidden" : "public", toolchain, {}),
        code);
    if (!link(program, room, linking, grade)) return false;
    options.earlier = grade.tests;
    append(grade.tests, run_tests(program.executable(), expected, options));
    fs::remove(program.executable());
  }
  if (release_.probes(module).empty()) return true;
  const Program probes =
      with_code(harness_program(module, "probes", toolchain, {}), code);
  if (!link(probes, room, linking, grade)) return false;
  append(grade.tests, run_oracle(module, content, probes, testing, grade));
  return true;
}

bool Grader::link(const Program& program, const Room& room, const Launch& run,
                  ModuleGrade& grade) const {
  const BuildResult built =
      build(program, release_.toolchain(), options_.build_limits, run);
  if (built.ok()) {
    fs::permissions(program.executable(), fs::perms(0755));
    return true;
  }
  settle(grade, built, room);
  grade.tests.clear();
  return false;
}

std::vector<TestResult> Grader::run_oracle(const Module& module,
                                           const std::string& content,
                                           const Program& program,
                                           const Launch& run,
                                           const ModuleGrade& grade) const {
  const std::vector<TestResult>& probes = release_.probes(module);
  std::map<std::string, std::string> seeds;
  for (const TestResult& probe : probes) {
    seeds[probe.name] =
        probe_seed(options_.key, module.number, content, probe.name);
  }
  return run_probes(program.executable(), probes, seeds,
                    release_.expected(module, seeds), options_.test_limits, run,
                    grade.tests);
}

}  // namespace grader
