#include "grader/grade.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <numeric>
#include <stdexcept>

#include "grader/build.hpp"
#include "inspect.hpp"

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

Outcome outcome_of_points(double points, double maximum) {
  if (points >= maximum) return Outcome::passed;
  return points > 0 ? Outcome::partial : Outcome::failed;
}

}  // namespace

const char* to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::passed:
      return "passed";
    case Outcome::partial:
      return "partial";
    case Outcome::failed:
      return "failed";
    case Outcome::compile_error:
      return "compile-error";
    case Outcome::link_error:
      return "link-error";
    case Outcome::limit:
      return "limit";
    case Outcome::denied:
      return "denied";
    case Outcome::missing:
      return "missing";
    case Outcome::unreadable:
      return "unreadable";
    case Outcome::infrastructure_error:
      return "infrastructure-error";
  }
  return "unknown";
}

bool ModuleGrade::has_points() const {
  return outcome != Outcome::missing && outcome != Outcome::unreadable &&
         outcome != Outcome::infrastructure_error;
}

bool SubmissionGrade::has_points() const {
  const Outcome whole = outcome();
  return whole != Outcome::missing && whole != Outcome::unreadable &&
         whole != Outcome::infrastructure_error;
}

double SubmissionGrade::points() const {
  double sum = 0;
  for (const ModuleGrade& module : modules) {
    if (module.has_points()) sum += module.points;
  }
  return sum;
}

double SubmissionGrade::maximum() const {
  double sum = 0;
  for (const ModuleGrade& module : modules) sum += module.maximum;
  return sum;
}

Outcome SubmissionGrade::outcome() const {
  bool any = false;
  for (const ModuleGrade& module : modules) {
    if (module.outcome == Outcome::infrastructure_error ||
        module.outcome == Outcome::unreadable) {
      return module.outcome;
    }
    any = any || module.has_points();
  }
  return any ? outcome_of_points(points(), maximum()) : Outcome::missing;
}

Limits default_test_limits() {
  Limits limits;
  limits.wall = std::chrono::seconds(30);
  limits.cpu = std::chrono::seconds(10);
  limits.memory_bytes = std::uint64_t{1} << 30;
  limits.output_bytes = 1 << 20;
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

/// The directories of one submission; removed when it is graded.
struct Grader::Room {
  explicit Room(const fs::path& folder) : root(folder) {}
  Room(const Room&) = delete;
  ~Room() {
    std::error_code ignored;
    fs::remove_all(root, ignored);
  }
  fs::path sources() const { return root / "modules"; }
  fs::path build() const { return root / "build"; }
  const fs::path root;
};

Grader::Grader(const Curriculum& curriculum, const Toolchain& toolchain,
               GradeOptions options, fs::path scratch)
    : curriculum_(curriculum),
      toolchain_(toolchain),
      options_(std::move(options)),
      scratch_(std::move(scratch)) {
  const auto& wanted = options_.modules;
  for (const Module& module : curriculum.modules()) {
    if (wanted.empty() ||
        std::count(wanted.begin(), wanted.end(), module.number) > 0) {
      modules_.push_back(&module);
    }
  }
  // Whatever names a file (__FILE__) must not tell one run from another.
  toolchain_.flags.push_back(
      fmt::format("-ffile-prefix-map={}=.", scratch_.string()));
  if (is_sanitized(toolchain)) {
    options_.test_limits.memory_bytes = 0;
    options_.build_limits.memory_bytes = 0;
  }
  for (const Module* module : modules_) list_tests_of(*module);
  if (options_.prerequisites == Prerequisites::reference) compile_references();
}

void Grader::list_tests_of(const Module& module) {
  const Program program = list_program(module, toolchain_, {"public", "hidden"},
                                       scratch_ / "lists" / module.folder());
  const BuildResult built = build_incomplete(program, toolchain_);
  if (!built.ok()) {
    throw ToolchainError(fmt::format(
        "the tests of module {} cannot be linked:\n{}\nRun: tito setup",
        module.number, built.output));
  }
  tests_[module.number] = list_tests(program.executable());
}

void Grader::compile_references() {
  Program program;
  program.directory = scratch_ / "reference";
  program.name = "reference";
  program.link = false;
  std::vector<const Module*> needed;
  for (const Module* module : modules_) {
    for (const Module* other : curriculum_.prerequisites(*module)) {
      if (std::count(needed.begin(), needed.end(), other) == 0) {
        needed.push_back(other);
      }
    }
  }
  std::vector<std::string> owners;
  for (const Module* module : needed) {
    for (const std::string& source : module->sources) {
      program.sources.push_back(toolchain_.course / "solutions" /
                                module->folder() / "src" / source);
      owners.push_back(module->number);
    }
  }
  const BuildResult built = build(program, toolchain_);
  if (!built.ok()) {
    throw ToolchainError(fmt::format(
        "the reference solutions do not compile:\n{}\nGrade in the author's "
        "tree, or on the students' own modules: --prerequisites own",
        built.output));
  }
  const auto objects = compiled_objects(program);
  for (std::size_t i = 0; i < objects.size(); ++i) {
    references_[owners[i]].push_back(objects[i]);
  }
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

SubmissionGrade Grader::grade(const Submission& submission) const {
  if (!submission.error.empty()) {
    return not_graded(submission.id, Outcome::unreadable, submission.error);
  }
  SubmissionGrade grade;
  grade.id = submission.id;
  grade.ignored = submission.ignored;
  grade.notes = submission.notes;
  const Room room(scratch_ / "submissions" / submission.id);
  write_sources(submission, room);
  for (const Module* module : modules_) {
    grade.modules.push_back(grade_module(*module, submission, room));
  }
  return grade;
}

/// A file that is missing counts as its stub, so that the others still build.
void Grader::write_sources(const Submission& submission,
                           const Room& room) const {
  for (const Module& module : curriculum_.modules()) {
    const auto given = submission.files.find(module.number);
    for (const std::string& source : module.sources) {
      const fs::path below = fs::path(module.folder()) / "src" / source;
      const fs::path target = room.sources() / below;
      if (given != submission.files.end() && given->second.count(source) > 0) {
        write_file(target, given->second.at(source));
      } else {
        fs::create_directories(target.parent_path());
        fs::copy_file(toolchain_.course / "modules" / below, target);
      }
    }
  }
}

ModuleGrade Grader::grade_module(const Module& module,
                                 const Submission& submission,
                                 const Room& room) const {
  ModuleGrade grade = empty_grade(module);
  const auto given = submission.files.find(module.number);
  if (given == submission.files.end() || given->second.empty()) return grade;
  if (!build_module(module, room, grade)) return grade;
  run_module(module, room, grade);
  return grade;
}

/// Compiles, looks at the objects, links. False if the grade is settled.
bool Grader::build_module(const Module& module, const Room& room,
                          ModuleGrade& grade) const {
  Program program =
      list_program(module, toolchain_, {"public", "hidden"}, room.build());
  program.jobs = 1;
  std::vector<const Module*> compiled = {&module};
  for (const Module* other : curriculum_.prerequisites(module)) {
    if (options_.prerequisites == Prerequisites::own) {
      compiled.push_back(other);
      continue;
    }
    const auto& objects = references_.at(other->number);
    program.objects.insert(program.objects.end(), objects.begin(),
                           objects.end());
  }
  for (const Module* part : compiled) {
    for (const std::string& source : part->sources) {
      program.sources.push_back(room.sources() / part->folder() / "src" /
                                source);
    }
  }
  for (const bool link : {false, true}) {
    program.link = link;
    const BuildResult built = build(program, toolchain_, options_.build_limits);
    if (!built.ok()) {
      grade.outcome = outcome_of(built.end);
      grade.detail = detail_of(built, room.sources());
      return false;
    }
    if (link) break;
    grade.detail = why_denied(program, toolchain_);
    if (grade.detail.empty()) continue;
    grade.outcome = Outcome::denied;
    return false;
  }
  return true;
}

void Grader::run_module(const Module& module, const Room& room,
                        ModuleGrade& grade) const {
  TestRunOptions options;
  options.isolation = Isolation::each_alone;
  options.limits = options_.test_limits;
  const fs::path executable = room.build() / ("tests_" + module.folder());
  grade.tests = run_tests(executable, tests_.at(module.number), options);
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

}  // namespace grader
