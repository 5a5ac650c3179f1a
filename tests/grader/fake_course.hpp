// A tiny course in a temporary directory, independent of the real modules:
// 01_box (tasks 01.1 in box.cpp, 01.2 in lid.cpp) and 02_shelf, which needs it.
#pragma once

#include <stdlib.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "grader/build.hpp"
#include "grader/curriculum.hpp"
#include "grader/process.hpp"
#include "grader/toolchain.hpp"
#include "support/files.hpp"
#include "support/temporary_folder.hpp"

namespace fake {

namespace fs = std::filesystem;

using test::slurp;
using test::spit;

using TemporaryDirectory = test::TemporaryFolder;

/// Files of the grader go below `place` while this lives.
class TemporaryFilesIn {
 public:
  explicit TemporaryFilesIn(const fs::path& place) {
    const char* before = std::getenv("TMPDIR");
    if (before != nullptr) before_ = before;
    setenv("TMPDIR", place.c_str(), 1);
  }
  TemporaryFilesIn(const TemporaryFilesIn&) = delete;
  ~TemporaryFilesIn() {
    before_.empty() ? unsetenv("TMPDIR") : setenv("TMPDIR", before_.c_str(), 1);
  }

 private:
  std::string before_;
};

/// The build whose compiler flags and tests are used: with sanitizers in this
/// program, TITO_BUILD names one whose submissions have none.
inline fs::path build_directory() {
  const char* other = std::getenv("TITO_BUILD");
  return other != nullptr ? other : BUILD_DIR;
}

constexpr const char* kCurriculum = R"({
"version": 1,
"modules": [
  {"number": "01", "name": "box", "title": "Box", "tier": "t", "summary": "s",
   "requires": [], "headers": ["box.hpp"], "sources": ["box.cpp", "lid.cpp"],
   "tasks": [
     {"id": "01.1", "title": "Size", "file": "box.cpp", "points": 60,
      "builds_on": []},
     {"id": "01.2", "title": "Volume", "file": "lid.cpp", "points": 40,
      "builds_on": []}]},
  {"number": "02", "name": "shelf", "title": "Shelf", "tier": "t",
   "summary": "s", "requires": ["01"], "headers": ["shelf.hpp"],
   "sources": ["shelf.cpp"],
   "tasks": [
     {"id": "02.1", "title": "Fit", "file": "shelf.cpp", "points": 100,
      "builds_on": ["01.1"]}]}],
"milestones": [
  {"number": "01", "folder": "01_1900_room", "name": "room", "title": "Room",
   "aliases": ["chamber"], "parts": [
     {"title": "One", "source": "one.cpp", "requires": ["01"],
      "metrics": {"accuracy": {"min": 0.5}}}]}]
})";

constexpr const char* kHeaders = R"(#pragma once
#include <stdexcept>
#include <string>
namespace tinytorch {
int size(int a, int b);             // 01.1: a + b
int volume(int a, int b, int c);    // 01.2: a * b * c
int fit(int width);                 // 02.1: size(width, width)
[[noreturn]] inline void todo(const char* task) {
  throw std::logic_error(std::string("NotImplemented: ") + task);
}
}
)";

constexpr const char* kBox =
    "#include \"tinytorch/box.hpp\"\n"
    "int tinytorch::size(int a, int b) { return a + b; }\n";
constexpr const char* kLid =
    "#include \"tinytorch/box.hpp\"\n"
    "int tinytorch::volume(int a, int b, int c) { return a * b * c; }\n";
constexpr const char* kShelf =
    "#include \"tinytorch/box.hpp\"\n"
    "int tinytorch::fit(int width) { return size(width, width); }\n";
constexpr const char* kBoxStub =
    "#include \"tinytorch/box.hpp\"\n"
    "int tinytorch::size(int, int) { todo(\"01.1 Size\"); }\n";
constexpr const char* kLidStub =
    "#include \"tinytorch/box.hpp\"\n"
    "int tinytorch::volume(int, int, int) { todo(\"01.2 Volume\"); }\n";
constexpr const char* kShelfStub =
    "#include \"tinytorch/box.hpp\"\n"
    "int tinytorch::fit(int) { todo(\"02.1 Fit\"); }\n";

constexpr const char* kBoxTest = R"(#include "support/catch.hpp"
#include "tinytorch/box.hpp"
TEST_CASE("size adds, and \"quotes\" [do] no* harm\\", "[01.1]") {
  INFO("one and two");
  CHECK(tinytorch::size(1, 2) == 3);
}
TEST_CASE("volume multiplies", "[01.2]") {
  CHECK(tinytorch::volume(2, 3, 4) == 24);
}
)";
constexpr const char* kBoxHiddenTest = R"(#include "support/catch.hpp"
#include "tinytorch/box.hpp"
TEST_CASE("size of negatives", "[01.1][hidden]") {
  CHECK(tinytorch::size(-1, -2) == -3);
}
)";
constexpr const char* kShelfTest = R"(#include "support/catch.hpp"
#include "tinytorch/box.hpp"
TEST_CASE("fit doubles", "[02.1]") { CHECK(tinytorch::fit(4) == 8); }
)";

/// Builds the course, its test objects included, below `root`.
class Course {
 public:
  explicit Course(const fs::path& root) : root_(root) {
    spit(root / "modules/curriculum.json", kCurriculum);
    spit(root / "framework/include/tinytorch/box.hpp", kHeaders);
    spit(root / "solutions/01_box/src/box.cpp", kBox);
    spit(root / "solutions/01_box/src/lid.cpp", kLid);
    spit(root / "solutions/02_shelf/src/shelf.cpp", kShelf);
    spit(root / "modules/01_box/src/box.cpp", kBoxStub);
    spit(root / "modules/01_box/src/lid.cpp", kLidStub);
    spit(root / "modules/02_shelf/src/shelf.cpp", kShelfStub);
    spit(root / "tests/public/01_box/box_test.cpp", kBoxTest);
    spit(root / "tests/hidden/01_box/box_test.cpp", kBoxHiddenTest);
    spit(root / "tests/public/02_shelf/shelf_test.cpp", kShelfTest);
    make_toolchain();
    curriculum_ = grader::Curriculum::load(toolchain_.curriculum());
  }

  const fs::path& root() const { return root_; }
  const grader::Toolchain& toolchain() const { return toolchain_; }
  const grader::Curriculum& curriculum() const { return curriculum_; }

 private:
  void make_toolchain() {
    toolchain_ = grader::Toolchain::load(build_directory());
    toolchain_.course = root_;
    toolchain_.build = root_ / "build";
    toolchain_.flags = {"-std=c++20", "-O1", "-g1", "-Wall", "-fmax-errors=20"};
    toolchain_.grading_flags = toolchain_.flags;
    // As the course does: only an attack has symbols of that kind.
    toolchain_.grading_flags.push_back("-fno-gnu-unique");
    toolchain_.prelude.clear();
    toolchain_.support = toolchain_.test_support = root_ / "empty.a";
    spit(toolchain_.support, "!<arch>\n");
    const fs::path box = compile("tests/public/01_box/box_test.cpp");
    const fs::path hidden = compile("tests/hidden/01_box/box_test.cpp");
    const fs::path shelf = compile("tests/public/02_shelf/shelf_test.cpp");
    const fs::path& main = toolchain_.test_main;
    toolchain_.objects = {
        {"public/01_box", {box}},
        {"hidden/01_box", {hidden}},
        {"public/02_shelf", {shelf}},
        {"harness/public/01_box", {main, box}},
        {"harness/hidden/01_box", {main, hidden}},
        {"harness/public/02_shelf", {main, shelf}},
        {"lists/public/01_box", {link_list({main, box})}},
        {"lists/hidden/01_box", {link_list({main, hidden})}},
        {"lists/public/02_shelf", {link_list({main, shelf})}},
        {"reference/01_box",
         {compile("solutions/01_box/src/box.cpp"),
          compile("solutions/01_box/src/lid.cpp")}},
        {"reference/02_shelf", {compile("solutions/02_shelf/src/shelf.cpp")}}};
  }

  /// A program that can list its tests, and lacks what they call.
  fs::path link_list(const std::vector<fs::path>& objects) const {
    const fs::path program = objects.back().string() + ".list";
    grader::Command command;
    command.argv = {toolchain_.compiler, "-o", program, "-no-pie",
                    "-Wl,--unresolved-symbols=ignore-all,-z,lazy"};
    for (const fs::path& object : objects) command.argv.push_back(object);
    for (const auto& flag : toolchain_.link_flags) command.argv.push_back(flag);
    build(command);
    return program;
  }

  fs::path compile(const std::string& source) const {
    const fs::path object = (root_ / source).string() + ".o";
    grader::Command command;
    command.argv = {toolchain_.compiler,
                    "-std=c++20",
                    "-I" + toolchain_.include().string(),
                    "-I" COURSE_DIR "/tests",
                    "-c",
                    (root_ / source).string(),
                    "-o",
                    object.string()};
    build(command);
    return object;
  }

  static void build(const grader::Command& command) {
    const auto result = grader::run(command);
    if (!result.ok()) throw std::runtime_error(result.output + result.error);
  }

  fs::path root_;
  grader::Toolchain toolchain_;
  grader::Curriculum curriculum_;
};

/// One course for all tests of this program; nobody changes it.
inline const Course& course() {
  static const TemporaryDirectory directory;
  static const Course course(directory.path());
  return course;
}

}  // namespace fake
