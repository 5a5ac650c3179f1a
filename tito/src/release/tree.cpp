#include "release/tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dev/stub_files.hpp"
#include "dev/tree.hpp"
#include "system/error.hpp"
#include "system/files.hpp"

namespace tito::release {

namespace fs = std::filesystem;
using dev::Course;

namespace {

constexpr std::array kShared = {"framework",     "modules",    "tests/public",
                                "tests/support", "milestones", "grader",
                                "tito",          "datasets",   "scripts"};
constexpr std::array kInstructors = {
    "framework", "modules", "solutions", "tests",   "milestones",
    "grader",    "tito",    "datasets",  "scripts", ".ci"};
/// By name: a table of grades may lie beside them.
constexpr std::array kTopLevel = {
    "README.md",     "CONTRIBUTING.md", "CHANGELOG.md",
    "LICENSE",       "CMakeLists.txt",  "CMakePresets.json",
    ".clang-format", ".clang-tidy",     ".gitignore"};

bool is_left_over(const fs::path& file) {
  constexpr std::array kEndings = {"~", ".tmp", ".swp", ".orig", ".rej"};
  const std::string name = file.filename().string();
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](const char* end) { return name.ends_with(end); });
}

template <class Folders>
std::vector<fs::path> files_of(const Course& course, const Folders& folders) {
  std::vector<fs::path> files;
  for (const char* folder : folders) {
    for (const fs::path& file : dev::files_below(course.root / folder)) {
      if (is_left_over(file)) continue;
      files.push_back(file.lexically_relative(course.root));
    }
  }
  for (const char* name : kTopLevel) {
    if (fs::exists(course.root / name)) files.emplace_back(name);
  }
  return files;
}

void require_solutions(const Course& course) {
  if (fs::is_directory(course.root / "solutions")) return;
  throw UsageError(fmt::format(
      "'{}' has no solutions: it is a student's tree. Run this in the "
      "instructor's: tito -C DIR release ...",
      course.root.string()));
}

void require_new(const Course& course, const fs::path& target) {
  if (fs::exists(target) &&
      !(fs::is_directory(target) && fs::is_empty(target))) {
    throw UsageError(
        fmt::format("'{}' exists and is not empty: choose a new directory. "
                    "See: tito release --help",
                    target.string()));
  }
  const std::string first = fs::weakly_canonical(target)
                                .lexically_relative(course.root)
                                .begin()
                                ->string();
  if (std::find(kInstructors.begin(), kInstructors.end(), first) !=
      kInstructors.end()) {
    throw UsageError(fmt::format(
        "'{}' lies in the course itself, whose next release would hold it: "
        "choose a directory outside. See: tito release --help",
        target.string()));
  }
}

/// An author may have played the student: what stands in modules/ counts for
/// nothing.
std::vector<dev::StubFile> generated_stubs(const Course& course) {
  std::vector<dev::Problem> problems;
  auto stubs =
      dev::plan_stubs(course, dev::select_modules(course, ""), problems);
  if (problems.empty()) return stubs;
  throw NotYetError(fmt::format(
      "the stubs cannot be generated: {}. See: tito dev stubs --check",
      to_string(problems.front())));
}

}  // namespace

std::vector<fs::path> student_files(const Course& course) {
  std::vector<fs::path> files = files_of(course, kShared);
  files.emplace_back("tests/CMakeLists.txt");
  return files;
}

std::vector<fs::path> instructor_files(const Course& course) {
  require_solutions(course);
  return files_of(course, kInstructors);
}

int copy_tree(const Course& course, const std::vector<fs::path>& files,
              const fs::path& target) {
  require_new(course, target);
  for (const fs::path& file : files) {
    make_directories((target / file).parent_path());
    fs::copy_file(course.root / file, target / file);
  }
  return static_cast<int>(files.size());
}

int make_student_tree(const Course& course, const fs::path& target) {
  require_solutions(course);
  const auto stubs = generated_stubs(course);
  const int copied = copy_tree(course, student_files(course), target);
  for (const dev::StubFile& stub : stubs) {
    dev::write_text(target / course.relative(stub.stub), stub.text);
  }
  const fs::path workflow = target / ".github/workflows/grade.yml";
  make_directories(workflow.parent_path());
  fs::copy_file(course.root / "grader/templates/grade.yml", workflow);
  return copied + 1;
}

}  // namespace tito::release
