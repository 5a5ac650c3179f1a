#include "dev/mutants.hpp"
#include "dev_course.hpp"
#include "support/catch.hpp"
#include "system/error.hpp"

namespace tito::dev {
namespace {

using grader::TestResult;
using Status = TestResult::Status;

TestResult result(const std::string& task, Status status) {
  TestResult test;
  test.name = "a test of " + task;
  test.tasks = {task};
  test.status = status;
  return test;
}

struct Verdict : SmallCourse {
  /// `statuses` of one test for 01.1, 01.2, 02.1, 02.2.
  std::vector<std::string> of(const std::string& task,
                              const std::vector<Status>& statuses) {
    const Course course = open();
    const auto& modules = course.curriculum.modules();
    return judge(
        course.curriculum, task,
        {{&modules[0],
          {result("01.1", statuses[0]), result("01.2", statuses[1])}},
         {&modules[1],
          {result("02.1", statuses[2]), result("02.2", statuses[3])}}});
  }
};

TEST_CASE("a wrong version must cost its task, and only what builds on it") {
  const auto yes = Status::passed, no = Status::failed;
  Verdict verdict;
  CHECK(verdict.of("01.2", {yes, no, yes, yes}).empty());
  CHECK(verdict.of("01.2", {yes, no, no, yes}).empty());
  CHECK(verdict.of("01.1", {no, no, no, yes}).empty());
  CHECK(verdict.of("01.2", {yes, Status::crashed, yes, yes}).empty());

  const auto unnoticed = verdict.of("01.2", {yes, yes, yes, yes});
  REQUIRE(unnoticed.size() == 1);
  CHECK(unnoticed[0].find("no test of 01.2 notices it") == 0);
  const auto in_module = verdict.of("01.2", {no, no, yes, yes});
  REQUIRE(in_module.size() == 1);
  CHECK(in_module[0].find("task 01.1 loses its points too") == 0);
  const auto elsewhere = verdict.of("01.1", {no, no, no, no});
  REQUIRE(elsewhere.size() == 1);
  CHECK(elsewhere[0].find("task 02.2") == 0);
}

TEST_CASE("affected tasks are found through other tasks and modules") {
  const SmallCourse small;
  const Course course = small.open();
  CHECK(affected_tasks(course.curriculum, "01.1") ==
        std::set<std::string>{"01.1", "01.2", "02.1"});
  CHECK(affected_tasks(course.curriculum, "02.2") ==
        std::set<std::string>{"02.2"});
}

TEST_CASE("the text to replace must occur exactly once") {
  WrongVersion version;
  version.file = "f.cpp";
  version.find = "a + b";
  version.replace = "a";
  CHECK(make_wrong("x = a + b;", version) == "x = a;");
  CHECK_THROWS_AS(make_wrong("x = a - b;", version), NotYetError);
  CHECK_THROWS_AS(make_wrong("a + b; a + b;", version), NotYetError);
  version.find = "aa";
  CHECK_THROWS_AS(make_wrong("aaa", version), NotYetError);
  version.find = "";
  CHECK_THROWS_AS(make_wrong("aaa", version), NotYetError);
}

TEST_CASE("lists of wrong versions are checked entry by entry") {
  const SmallCourse small;
  const Course course = small.open();
  const grader::Module& module = course.curriculum.modules()[0];
  const auto file = small.root() / "tests/mutants/01_tensor.json";
  std::vector<Problem> problems;
  CHECK(load_wrong_versions(file, "list", module, problems).empty());
  CHECK(any_contains(problems, "list: missing"));

  const std::string rest =
      R"("name": "n", "file": "tensor.cpp", "find": "a", "replace": "b")";
  small.write("tests/mutants/01_tensor.json",
              "[{\"task\": \"01.1\", \"why\": \"w\", " + rest +
                  "}, {\"task\": \"02.1\", \"why\": \"w\", " + rest +
                  "}, {\"task\": \"01.2\", " + rest + "}]");
  problems.clear();
  const auto versions = load_wrong_versions(file, "list", module, problems);
  CHECK(versions.size() == 1);
  CHECK(any_contains(problems, "module 01 has no task 02.1"));
  CHECK(any_contains(problems, "Each needs task, name"));
  const auto few = too_few(versions, module, "list");
  CHECK(any_contains(few, "task 01.1 has 1 wrong versions and needs 3"));
  CHECK(any_contains(few, "task 01.2 has 0"));
}

}  // namespace
}  // namespace tito::dev
