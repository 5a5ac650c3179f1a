#include "grader/build.hpp"

#include <algorithm>
#include <chrono>

#include "fake_course.hpp"
#include "support/catch.hpp"

using grader::BuildResult;
using End = grader::BuildResult::End;
using std::chrono::milliseconds;

namespace {

/// The course's own sources as a student's, in a folder of their own.
struct Workspace {
  fake::TemporaryDirectory directory;
  std::filesystem::path source(const std::string& name) const {
    return directory.path() / "modules/01_box/src" / name;
  }
  Workspace() {
    fake::spit(source("box.cpp"), fake::kBox);
    fake::spit(source("lid.cpp"), fake::kLid);
  }
  grader::Program program() const {
    const auto& course = fake::course();
    return grader::test_program(
        course.curriculum(), *course.curriculum().module("01"),
        course.toolchain(), directory.path() / "modules", {"public", "hidden"},
        directory.path() / "build dir $1:x");
  }
  BuildResult build(const grader::Limits& limits = {}) const {
    return grader::build(program(), fake::course().toolchain(), limits);
  }
};

}  // namespace

TEST_CASE("a program is built, also in a directory with an odd name") {
  const Workspace workspace;
  const BuildResult result = workspace.build();
  INFO(result.output);
  REQUIRE(result.ok());
  CHECK(std::filesystem::exists(workspace.program().executable()));
}

TEST_CASE("building again compiles nothing") {
  const Workspace workspace;
  REQUIRE(workspace.build().ok());
  const auto executable = workspace.program().executable();
  const auto before = std::filesystem::last_write_time(executable);
  REQUIRE(workspace.build().ok());
  CHECK(std::filesystem::last_write_time(executable) == before);
}

TEST_CASE("a changed source is compiled again") {
  const Workspace workspace;
  REQUIRE(workspace.build().ok());
  fake::spit(workspace.source("box.cpp"), "int broken = ;\n");
  CHECK(workspace.build().end == End::compile_error);
}

TEST_CASE("compiler errors carry file, line, column and message") {
  const Workspace workspace;
  fake::spit(workspace.source("box.cpp"), "\nint x = y;\n");
  fake::spit(workspace.source("lid.cpp"), "#include \"nowhere.hpp\"\n");
  const BuildResult result = workspace.build();
  CHECK(result.end == End::compile_error);
  REQUIRE(result.errors.size() == 2);
  const auto& box =
      result
          .errors[result.errors[0].file == workspace.source("box.cpp") ? 0 : 1];
  const auto& lid = result.errors[&box == &result.errors[0] ? 1 : 0];
  CHECK(box.file == workspace.source("box.cpp"));
  CHECK(box.line == 2);
  CHECK(box.column == 9);
  CHECK(box.message == "'y' was not declared in this scope");
  CHECK(lid.line == 1);
  CHECK(lid.message == "nowhere.hpp: No such file or directory");
}

TEST_CASE("a missing function is named, without its mangling") {
  const Workspace workspace;
  fake::spit(workspace.source("lid.cpp"), "");
  const BuildResult result = workspace.build();
  CHECK(result.end == End::link_error);
  REQUIRE(result.missing_symbols.size() == 1);
  CHECK(result.missing_symbols[0] == "tinytorch::volume(int, int, int)");
}

TEST_CASE("a function that stands twice is a link error") {
  const Workspace workspace;
  fake::spit(workspace.source("lid.cpp"),
             std::string(fake::kLid) +
                 "int tinytorch::size(int, int) { return 0; }\n");
  const BuildResult result = workspace.build();
  CHECK(result.end == End::link_error);
  REQUIRE(result.errors.size() == 1);
  CHECK(result.errors[0].message ==
        "multiple definition of `tinytorch::size(int, int)'; "
        "01_box/box.o:" +
            workspace.source("box.cpp").string() + ":2: first defined here");
}

TEST_CASE("a source that compiles for ever hits the limit") {
  const Workspace workspace;
  fake::spit(workspace.source("lid.cpp"),
             "constexpr long spin(long n) { long s = 0;"
             " for (long i = 0; i < 2000; ++i)"
             " for (long j = 0; j < 2000; ++j) s += n; return s; }\n"
             "template <int N> struct A { static constexpr long v ="
             " spin(N) + A<N - 1>::v; };\n"
             "template <> struct A<0> { static constexpr long v = 0; };\n"
             "constexpr long x = A<500>::v;\n");
  grader::Limits limits;
  limits.wall = milliseconds(700);
  const auto start = std::chrono::steady_clock::now();
  const BuildResult result = workspace.build(limits);
  CHECK(result.end == End::limit);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
}

TEST_CASE("a source that includes itself is stopped by the output limit") {
  const Workspace workspace;
  fake::spit(workspace.source("lid.cpp"),
             "#include __FILE__\n#include __FILE__\n");
  grader::Limits limits;
  limits.wall = std::chrono::seconds(20);
  limits.output_bytes = 1 << 20;
  const BuildResult result = workspace.build(limits);
  CHECK_FALSE(result.ok());
  CHECK(result.output.size() <= (1 << 20) + 4096);
}

TEST_CASE("without a compiler the build is broken, not the student's code") {
  const Workspace workspace;
  auto toolchain = fake::course().toolchain();
  toolchain.ninja = "/nonexistent/ninja";
  const auto result = grader::build(workspace.program(), toolchain);
  CHECK(result.end == End::broken);
  CHECK(result.output.find("/nonexistent/ninja") != std::string::npos);
}

TEST_CASE("the build of a course that was copied is not this one's") {
  const fake::TemporaryDirectory copied;
  std::filesystem::copy_file(fake::build_directory() / "toolchain.json",
                             copied.path() / "toolchain.json");
  CHECK_THROWS_WITH(grader::Toolchain::load(copied.path()),
                    Catch::Contains("the course was copied or moved") &&
                        Catch::Contains("scripts/setup.sh"));
  const auto link = copied.path() / "link";
  std::filesystem::create_directory_symlink(fake::build_directory(), link);
  CHECK_NOTHROW(grader::Toolchain::load(link));
}

TEST_CASE("more names of headers than ninja takes are a limit") {
  const Workspace workspace;
  auto toolchain = fake::course().toolchain();
  toolchain.compiler = workspace.source("compiler.sh");
  // Called as: ... -MF <object>.d -c <source> -o <object>
  fake::spit(toolchain.compiler,
             "#!/bin/sh\n"
             "for object; do :; done\n"
             "{ echo \"$object: \\\\\"; seq -s ' ' 140000; } >\"$object.d\"\n"
             ": >\"$object\"\n");
  std::filesystem::permissions(toolchain.compiler,
                               std::filesystem::perms(0755));
  auto program = workspace.program();
  program.link = false;
  const auto result = grader::build(program, toolchain);
  INFO(result.output);
  CHECK(result.end == End::limit);
}
