#include <filesystem>

#include "dev/check.hpp"
#include "dev/check_tests.hpp"
#include "dev/tree_checks.hpp"
#include "dev_course.hpp"
#include "support/catch.hpp"
#include "system/error.hpp"

namespace tito::dev {
namespace {

namespace fs = std::filesystem;
using grader::TestResult;

TEST_CASE("folders: what the curriculum lists, and nothing else") {
  const SmallCourse small;
  small.write("modules/01_tensor/README.md", "");
  small.write("modules/01_tensor/src/stray.cpp", "");
  small.write("solutions/09_gone/NOTES.md", "");
  const auto problems = check_folders(small.open());
  CHECK(any_contains(problems, "modules/01_tensor/hints.md: missing"));
  CHECK(!any_contains(problems, "modules/01_tensor/README.md"));
  CHECK(any_contains(problems, "modules/01_tensor/src/stray.cpp: add it"));
  CHECK(any_contains(problems, "solutions/09_gone: add it"));
  CHECK(any_contains(problems, "tests/hidden/02_layers: holds no"));
  CHECK(any_contains(problems, "framework/include/tinytorch/layers.hpp"));
}

std::string lesson(const std::string& tasks) {
  return "# T\n## Why\nx\n## The idea\nx\n```\n## The contract\n```\n"
         "## The contract\nx\n## Tasks\n" +
         tasks +
         "## The systems view\nx\n## Common errors\nx\n"
         "## Check your understanding\nx\n## What comes next\nx\n";
}

TEST_CASE("lessons: sections in order, one heading for each task") {
  const SmallCourse small;
  const std::string file = "modules/01_tensor/README.md";
  small.write("modules/02_layers/README.md",
              lesson("### 02.1 Linear\nx\n### 02.2 Names\nx\n"));
  small.write(file, lesson("### 01.1 Sizes\nx\n### 01.2 Reshape\nx\n"));
  CHECK(check_lessons(small.open()).empty());

  small.write(file, lesson("### 01.1 Sizes\nx\n"));
  CHECK(any_contains(check_lessons(small.open()),
                     "no heading \"### 01.2 Reshape\""));
  small.write(file, lesson("### 01.2 Reshape\nx\n### 01.1 Sizes\n"));
  CHECK(any_contains(check_lessons(small.open()),
                     "\"### 01.2 Reshape\" should be \"### 01.1 Sizes\""));
  small.write(file, "## Why\n## Tasks\n### 01.1 Sizes\n### 01.2 Reshape\n");
  const auto problems = check_lessons(small.open());
  CHECK(any_contains(problems, "no section \"## The idea\""));
  CHECK(any_contains(problems, "README.md:1: section \"Why\" is empty"));
}

TEST_CASE("hints: two for each task") {
  const SmallCourse small;
  small.write("modules/01_tensor/hints.md",
              "## 01.1 Sizes\n### Hint 1\n### Hint 2\n"
              "## 01.2 Reshape\n### Hint 1\n");
  const auto problems = check_hints(small.open());
  CHECK(!any_contains(problems, "task 01.1"));
  CHECK(any_contains(problems, "task 01.2 has 1 of 2"));
  CHECK(any_contains(problems, "02_layers/hints.md: task 02.1 has 0 of 2"));
}

TEST_CASE("layers: modules see what they require, and no more") {
  const SmallCourse small;
  small.write("solutions/01_tensor/src/tensor.cpp",
              "#include \"tinytorch/tensor.hpp\"\n"
              "#include \"tinytorch/support/errors.hpp\"\n"
              "#include <vector>\n"
              "#include \"tinytorch/layers.hpp\"\n"
              "#include \"../02_layers/src/layers.cpp\"\n"
              "#include <fmt/format.h>\n");
  small.write("tests/public/02_layers/a_test.cpp",
              "#include \"support/catch.hpp\"\n"
              "#include \"tinytorch/tensor.hpp\"\n"
              "#include \"grader/score.hpp\"\n");
  small.write("milestones/01_x/a.cpp", "#include \"support/catch.hpp\"\n");
  const auto problems = check_layers(small.open());
  CHECK(problems.size() == 5);
  CHECK(any_contains(problems, "tensor.cpp:4: may not include tinytorch/lay"));
  CHECK(any_contains(problems, "tensor.cpp:5: "));
  CHECK(any_contains(problems, "tensor.cpp:6: may not include fmt/format.h"));
  CHECK(any_contains(problems, "a_test.cpp:3: may not include grader/score"));
  CHECK(any_contains(problems, "milestones/01_x/a.cpp:1: "));
}

TEST_CASE("layers: packages stay inside the framework's support code") {
  const SmallCourse small;
  const std::string packages =
      "#include <zlib.h>\n#include <nlohmann/json.hpp>\n";
  small.write("framework/src/support/files.cpp", packages);
  CHECK(check_layers(small.open()).empty());

  small.write("framework/src/support/files.cpp", "#include <fmt/format.h>\n");
  small.write("framework/src/support/files.hpp", packages);
  small.write("framework/src/other.cpp", packages);
  small.write("framework/include/tinytorch/support/files.hpp", packages);
  small.write("solutions/01_tensor/src/tensor.cpp", packages);
  small.write("milestones/01_x/a.cpp", packages);
  const auto problems = check_layers(small.open());
  CHECK(problems.size() == 11);
  CHECK(any_contains(problems, "files.cpp:1: may not include fmt/format.h"));
  CHECK(any_contains(problems, "support/files.hpp:1: may not include zlib.h"));
  CHECK(any_contains(problems, "other.cpp:2: may not include nlohmann/json"));
  CHECK(any_contains(problems, "tensor.cpp:1: may not include zlib.h"));
}

TEST_CASE("layers: tools know the grader and themselves, never tensors") {
  const SmallCourse small;
  small.write("grader/include/grader/score.hpp", "");
  small.write("grader/src/own.hpp", "");
  small.write("grader/src/score.cpp",
              "#include \"grader/score.hpp\"\n#include \"own.hpp\"\n"
              "#include \"ui/table.hpp\"\n");
  small.write("tito/src/ui/table.hpp", "#include \"tinytorch/tensor.hpp\"\n");
  small.write("tito/src/main.cpp",
              "#include \"ui/table.hpp\"\n#include \"grader/score.hpp\"\n");
  const auto problems = check_layers(small.open());
  CHECK(problems.size() == 2);
  CHECK(any_contains(problems, "grader/src/score.cpp:3: "));
  CHECK(any_contains(problems, "tito/src/ui/table.hpp:1: "));
}

TEST_CASE("sizes: long files and long functions, but not a story's main") {
  const SmallCourse small;
  std::string lines;
  for (int i = 0; i < 61; ++i) lines += "  a();\n";
  const std::string function = "() {\n" + lines + "}\n";
  small.write("grader/src/long.cpp", "void f" + function);
  small.write("milestones/01_x/a.cpp", "int main" + function);
  small.write("tito/src/short.cpp", "class A {\n" + lines + "};\n");
  small.write("framework/a.hpp", std::string(401, '\n'));
  small.write("framework/b.hpp", std::string(400, '\n'));
  const auto problems = check_sizes(small.open());
  CHECK(problems.size() == 2);
  CHECK(any_contains(problems, "grader/src/long.cpp:1: f has 63 lines"));
  CHECK(any_contains(problems, "framework/a.hpp: 401 lines"));
}

TEST_CASE("machine paths are found in any text, but not in build trees") {
  const SmallCourse small;
  const std::string line = std::string("see /home") + "/ada/course\n";
  small.write("README.md", "x\n" + line);
  small.write("build/log.txt", line);
  small.write("out/CMakeCache.txt", line);
  const auto problems = check_machine_paths(small.open());
  CHECK(problems.size() == 1);
  CHECK(any_contains(problems, "README.md:2: "));
}

TEST_CASE("tests and their tags are read from the source") {
  const auto tests = find_tests(
      "TEST_CASE(\"a, b\", \"[01.1][hidden]\") {}\n"
      "TEST_CASE(\"c\"\n          \" d\", \"[01.2]\") {}\nTEST_CASE(\"e\") {}");
  REQUIRE(tests.size() == 3);
  CHECK(tests[0].name == "a, b");
  CHECK(tests[0].tags == std::vector<std::string>{"01.1", "hidden"});
  CHECK(tests[1].name == "c d");
  CHECK(tests[1].line == 2);
  CHECK(tests[2].tags.empty());
}

TEST_CASE("tags: every task tested twice, every test for a task") {
  const SmallCourse small;
  small.write("tests/public/01_tensor/a_test.cpp",
              "TEST_CASE(\"a\", \"[01.1]\") {}\n"
              "TEST_CASE(\"b\", \"[02.1]\") {}\n"
              "TEST_CASE(\"c\", \"[01.2][hidden]\") {}\n");
  small.write("tests/hidden/01_tensor/a_test.cpp",
              "TEST_CASE(\"d\", \"[01.1][hidden]\") {}\n"
              "TEST_CASE(\"e\", \"[01.2]\") {}\n");
  const auto problems = check_tags(small.open());
  CHECK(any_contains(problems, "a_test.cpp:2: [02.1] is no task of module 01"));
  CHECK(any_contains(problems, "a_test.cpp:2: \"b\" is tagged with no task"));
  CHECK(any_contains(problems, "a_test.cpp:3: a public test is tagged"));
  CHECK(any_contains(problems, "a_test.cpp:2: a hidden test must be tagged"));
  CHECK(any_contains(problems, "tests/hidden/02_layers: no test is tagged"));
  CHECK(!any_contains(problems, "no test is tagged [01"));
}

TEST_CASE("a stub's test must end in a stub that its task builds on") {
  const SmallCourse small;
  const Course course = small.open();
  const grader::Module& module = course.curriculum.modules()[0];
  const auto objections = [&](const std::string& task,
                              TestResult::Status status,
                              const std::string& detail) {
    TestResult result;
    result.name = "t";
    result.tasks = {task};
    result.status = status;
    result.detail = detail;
    return judge_stub_results(course.curriculum, module, {result}).size();
  };
  const auto stub = TestResult::Status::not_implemented;
  CHECK(objections("01.2", stub, "01.2 reshape") == 0);
  CHECK(objections("01.2", stub, "01.1 sizes") == 0);
  CHECK(objections("01.1", stub, "01.2 reshape") == 1);
  CHECK(objections("01.1", TestResult::Status::passed, "") == 1);
  CHECK(objections("01.1", TestResult::Status::crashed, "SIGSEGV") == 1);
}

TEST_CASE("every check has its row, and one that cannot run has failed") {
  std::string said;
  Terminal terminal(&said, 80, false);
  const Check good{"good", [] { return std::vector<Problem>{}; }};
  const Check bad{"bad", [] {
                    return std::vector<Problem>{{"f.cpp", 3, "is wrong"}};
                  }};
  const Check broken{"broken", []() -> std::vector<Problem> {
                       throw EnvironmentError("no compiler");
                     }};
  CHECK(run_checks({good}, terminal) == kPassed);
  CHECK(run_checks({good, bad, broken}, terminal) == kNotPassed);
  CHECK(said.find("f.cpp:3: is wrong") != std::string::npos);
  CHECK(said.find("no compiler") != std::string::npos);
  CHECK(said.find("2 of 3 checks failed") != std::string::npos);
}

}  // namespace
}  // namespace tito::dev
