#include "grader/score.hpp"

#include "support/catch.hpp"

using grader::TestResult;
using Status = grader::TestResult::Status;

namespace {

TestResult test(std::vector<std::string> tasks, Status status) {
  TestResult result;
  result.tasks = std::move(tasks);
  result.status = status;
  return result;
}

grader::Module module_of_three() {
  grader::Module module;
  module.number = "01";
  module.tasks = {{"01.1", "One", "a.cpp", 50, {}},
                  {"01.2", "Two", "a.cpp", 30, {}},
                  {"01.10", "Ten", "a.cpp", 20, {}}};
  return module;
}

}  // namespace

TEST_CASE("a task earns its points only if all its tests pass") {
  const auto scores = grader::score(
      module_of_three(),
      {test({"01.1"}, Status::passed), test({"01.1"}, Status::passed),
       test({"01.2"}, Status::passed), test({"01.2"}, Status::failed)});
  REQUIRE(scores.size() == 3);
  CHECK(scores[0].points == 50);
  CHECK(scores[0].tests == 2);
  CHECK(scores[1].points == 0);
  CHECK(scores[1].passed == 1);
  CHECK(scores[1].maximum == 30);
}

TEST_CASE("a task without a test earns nothing") {
  const auto scores = grader::score(module_of_three(), {});
  for (const auto& row : scores) CHECK(row.points == 0);
}

TEST_CASE("a test counts for every task in its tags") {
  const auto scores = grader::score(module_of_three(),
                                    {test({"01.1", "01.10"}, Status::passed)});
  CHECK(scores[0].points == 50);
  CHECK(scores[2].points == 20);
}

TEST_CASE("only passed is passed") {
  for (int i = 1; i <= static_cast<int>(Status::not_run); ++i) {
    const auto scores = grader::score(module_of_three(),
                                      {test({"01.1"}, static_cast<Status>(i))});
    CHECK(scores[0].points == 0);
  }
}
