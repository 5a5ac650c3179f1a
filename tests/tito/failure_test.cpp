#include "ui/failure.hpp"

#include "scratch.hpp"
#include "support/catch.hpp"
#include "ui/build_failure.hpp"

using namespace tito;
using Status = grader::TestResult::Status;

namespace {

struct Stage {
  Stage() {
    module.number = "01";
    module.name = "tensor";
    module.title = "Tensor";
    module.tasks = {{"01.1", "Sizes", "tensor.cpp", 10, {}}};
    course.workspace.root = scratch.path();
    course.toolchain.course = "/course";
    report.module = &module;
    report.build.end = grader::BuildResult::End::ok;
  }

  std::string show() {
    report.tasks = describe_tasks(module, report.results, {});
    print_tasks(report, terminal);
    print_first_problem(report, course, terminal);
    return out;
  }

  Scratch scratch;
  Course course;
  grader::Module module;
  ModuleReport report;
  std::string out;
  Terminal terminal{&out, 80, false};
};

grader::TestResult failed_test() {
  grader::TestResult test;
  test.name = "strides are counted in elements";
  test.tasks = {"01.1"};
  test.status = Status::failed;
  test.failures = {{"t.strides() == Strides{3, 1}", "{1, 2} == {3, 1}",
                    "first difference at 0", "/course/tests/public/a_test.cpp",
                    41}};
  return test;
}

}  // namespace

TEST_CASE("a failed assertion says what was expected and what came out") {
  Stage stage;
  stage.report.results = {failed_test()};
  const std::string text = stage.show();
  INFO(text);
  CHECK(contains(text, "failed 1 of 1"));
  CHECK(contains(text, "strides are counted in elements"));
  CHECK(contains(text, "Expected   {3, 1}"));
  CHECK(contains(text, "Got        {1, 2}"));
  CHECK(contains(text, "first difference at 0"));
  CHECK(contains(text, "tests/public/a_test.cpp:41"));
  CHECK(contains(text, "tito module hint 01.1"));
}

TEST_CASE("of a hidden test only the behaviour's name is shown") {
  Stage stage;
  stage.report.results = {failed_test()};
  stage.report.results[0].hidden = true;
  stage.report.results[0].output = "the student printed this";
  const std::string text = stage.show();
  CHECK(contains(text, "strides are counted in elements"));
  CHECK(contains(text, "tito module hint 01.1"));
  for (const char* secret :
       {"Strides{3, 1}", "{1, 2}", "difference", "a_test.cpp", "printed"}) {
    CHECK_FALSE(contains(text, secret));
  }
}

TEST_CASE("a crash names the test and the signal") {
  Stage stage;
  stage.report.results = {failed_test()};
  stage.report.results[0].status = Status::crashed;
  stage.report.results[0].failures.clear();
  stage.report.results[0].detail = "SIGSEGV";
  const std::string text = stage.show();
  CHECK(contains(text, "crashed"));
  CHECK(contains(text, "SIGSEGV"));
}

TEST_CASE("the first error in the student's own file comes first") {
  Stage stage;
  const auto file = stage.scratch.path() / "modules/01_tensor/src/tensor.cpp";
  spit(file, "int one;\n\treturn oops;\n");
  stage.report.build.end = grader::BuildResult::End::compile_error;
  stage.report.build.errors = {
      {"/usr/include/c++/12/vector", 99, 1, "no matching function"},
      {file.string(), 2, 9, "'oops' was not declared"}};
  const std::string text = stage.show();
  INFO(text);
  CHECK(contains(text, "modules/01_tensor/src/tensor.cpp:2:9"));
  CHECK(contains(text, "'oops' was not declared"));
  CHECK(contains(text, "     return oops;\n            ^\n"));
  CHECK(contains(text, "and 1 more error\n"));
}

TEST_CASE("many missing functions are named, but not all of them") {
  Stage stage;
  stage.report.build.end = grader::BuildResult::End::link_error;
  for (int i = 0; i < 9; ++i) {
    stage.report.build.missing_symbols.push_back("f" + std::to_string(i));
  }
  const std::string text = stage.show();
  CHECK(contains(text, "f0\n"));
  CHECK(contains(text, "and 4 more"));
}

TEST_CASE("what student code prints cannot disturb the terminal") {
  Stage stage;
  stage.report.results = {failed_test()};
  stage.report.results[0].output = "\x1b[2J" + std::string(5000, 'x');
  const std::string text = stage.show();
  CHECK_FALSE(contains(text, "\x1b"));
  CHECK(text.size() < 2000);
}
