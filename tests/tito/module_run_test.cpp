#include "system/module_run.hpp"

#include "support/catch.hpp"
#include "system/milestone_run.hpp"

using namespace tito;
using Status = grader::TestResult::Status;
using State = TaskReport::State;

namespace {

grader::Module two_tasks() {
  grader::Module module;
  module.number = "01";
  module.name = "tensor";
  module.tasks = {{"01.1", "First", "a.cpp", 10, {}},
                  {"01.2", "Second", "a.cpp", 5, {"01.1"}}};
  return module;
}

grader::TestResult result(const std::string& task, Status status,
                          const std::string& message = "") {
  grader::TestResult out;
  out.name = "a test of " + task;
  out.tasks = {task};
  out.status = status;
  if (!message.empty()) {
    out.failures.emplace_back();
    out.failures.back().message = message;
  }
  return out;
}

}  // namespace

TEST_CASE("a task passes when all of its tests do") {
  const auto module = two_tasks();
  const std::vector<grader::TestResult> results = {
      result("01.1", Status::passed), result("01.1", Status::passed),
      result("01.2", Status::passed), result("01.2", Status::failed)};
  const auto tasks = describe_tasks(module, results, {});
  REQUIRE(tasks.size() == 2);
  CHECK(tasks[0].state == State::passed);
  CHECK(tasks[0].points == 10);
  CHECK(tasks[1].state == State::failed);
  CHECK(tasks[1].points == 0);
  CHECK(tasks[1].first_failure == &results[3]);
}

TEST_CASE("a task without tests has not passed") {
  const auto module = two_tasks();
  const auto tasks = describe_tasks(module, {}, {});
  CHECK(tasks[0].state == State::not_run);
  ModuleReport report;
  report.build.end = grader::BuildResult::End::ok;
  report.tasks = tasks;
  CHECK_FALSE(report.passed());
}

TEST_CASE("an unwritten task is told from one that waits for another") {
  const auto module = two_tasks();
  const std::vector<grader::TestResult> results = {
      result("01.1", Status::not_implemented, "NotImplemented: 01.1 First"),
      result("01.2", Status::not_implemented, "NotImplemented: 01.1 First")};
  const auto tasks = describe_tasks(module, results, {});
  CHECK(tasks[0].state == State::not_written);
  CHECK(tasks[1].state == State::waiting);
  CHECK(tasks[1].waits_for == "01.1");
}

TEST_CASE("a wrong result is shown before an unwritten stub") {
  const auto module = two_tasks();
  const std::vector<grader::TestResult> results = {
      result("01.1", Status::not_implemented, "NotImplemented: 01.1 First"),
      result("01.1", Status::crashed)};
  const auto tasks = describe_tasks(module, results, {"01.1"});
  REQUIRE(tasks.size() == 1);
  CHECK(tasks[0].state == State::failed);
  CHECK(tasks[0].first_failure == &results[1]);
}

TEST_CASE("metrics are the last lines of the form name=value") {
  const auto metrics = parse_metrics(
      "epoch 1: loss=0.5\naccuracy=0.4\nx = 3\naccuracy=0.5\r\nbad=\n"
      "word=high\nloss=1e-3\n");
  CHECK(metrics ==
        std::map<std::string, double>{{"accuracy", 0.5}, {"loss", 1e-3}});
}

TEST_CASE("a threshold holds only for a printed, finite value within it") {
  grader::MilestonePart part;
  part.metrics["accuracy"] = {0.35, 0.65};
  CHECK(judge(part, {{"accuracy", 0.35}})[0].holds);
  CHECK_FALSE(judge(part, {{"accuracy", 0.66}})[0].holds);
  CHECK_FALSE(judge(part, {{"accuracy", 0.0 / 0.0}})[0].holds);
  CHECK_FALSE(judge(part, {})[0].holds);
  CHECK(to_string(part.metrics["accuracy"]) == "between 0.35 and 0.65");
}
