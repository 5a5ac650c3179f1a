#include "release/tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dev/stub_files.hpp"
#include "dev/tree.hpp"
#include "release/unsearchable.hpp"
#include "system/error.hpp"
#include "system/files.hpp"

namespace tito::release {

namespace fs = std::filesystem;
using dev::Course;

namespace {

constexpr std::array kShared = {"framework",  "tests/public", "tests/support",
                                "milestones", "grader",       "tito",
                                "datasets",   "scripts"};
constexpr std::array kInstructors = {"framework",  "solutions", "tests",
                                     "milestones", "grader",    "tito",
                                     "datasets",   "scripts",   ".ci"};
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

std::vector<fs::path> files_of_modules(const Course& course) {
  std::vector<fs::path> files = {"modules/curriculum.json"};
  for (const grader::Module& module : course.curriculum.modules()) {
    for (const char* name : {"README.md", "hints.md"}) {
      const fs::path file = course.room(module) / name;
      if (!fs::exists(file)) continue;
      files.push_back(file.lexically_relative(course.root));
    }
  }
  return files;
}

template <class Folders>
std::vector<fs::path> files_of(const Course& course, const Folders& folders) {
  std::vector<fs::path> files = files_of_modules(course);
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
  if (first == "modules" || std::find(kInstructors.begin(), kInstructors.end(),
                                      first) != kInstructors.end()) {
    throw UsageError(fmt::format(
        "'{}' lies in the course itself, whose next release would hold it: "
        "choose a directory outside. See: tito release --help",
        target.string()));
  }
}

/// In an archive or a program a solution shows no line of its own.
void require_searchable(const Course& course,
                        const std::vector<fs::path>& files) {
  const auto found = unsearchable(course, files);
  if (found.empty()) return;
  std::string names;
  for (const fs::path& file : found) names += "\n  " + file.string();
  throw NotYetError(fmt::format(
      "nothing was released, because these would go to students, cannot be "
      "searched for solutions, and git does not track them:{}\nMove them out "
      "of the course; or, if students are to have one: git add FILE. Then: "
      "tito release student --out DIR",
      names));
}

/// Into a new directory.
void copy_tree(const Course& course, const std::vector<fs::path>& files,
               const fs::path& target) {
  require_new(course, target);
  for (const fs::path& file : files) {
    make_directories((target / file).parent_path());
    fs::copy_file(course.root / file, target / file);
  }
}

int make_tree(const Course& course, const std::vector<fs::path>& files,
              const fs::path& target) {
  const auto stubs = dev::generated_stubs(course);
  copy_tree(course, files, target);
  for (const dev::StubFile& stub : stubs) {
    dev::write_text(target / course.relative(stub.stub), stub.text);
  }
  return static_cast<int>(files.size() + stubs.size());
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

int make_instructor_tree(const Course& course, const fs::path& target) {
  return make_tree(course, instructor_files(course), target);
}

int make_student_tree(const Course& course, const fs::path& target) {
  require_solutions(course);
  const std::vector<fs::path> files = student_files(course);
  require_searchable(course, files);
  const int made = make_tree(course, files, target);
  make_directories(target / ".github/workflows");
  const fs::path templates = course.root / "grader/templates";
  fs::copy_file(templates / "grade.yml",
                target / ".github/workflows/grade.yml");
  fs::copy_file(templates / "gitattributes", target / ".gitattributes");
  return made + 2;
}

}  // namespace tito::release
