#include <nlohmann/json.hpp>

#include "grader/report.hpp"

namespace grader {
namespace {

using Json = nlohmann::ordered_json;

Json points_of(bool known, double points) {
  return known ? Json(points) : Json(nullptr);
}

Json failure_json(const Failure& failure) {
  return {{"expression", failure.expression},
          {"expanded", failure.expanded},
          {"message", failure.message},
          {"line", failure.line}};
}

Json test_json(const TestResult& test) {
  Json failures = Json::array();
  for (const Failure& failure : test.failures) {
    failures.push_back(failure_json(failure));
  }
  return {{"name", test.name},
          {"tasks", test.tasks},
          {"hidden", test.hidden},
          {"by_value", test.by_value},
          {"status", to_string(test.status)},
          {"detail", test.detail},
          {"failures", failures}};
}

Json module_json(const ModuleGrade& module) {
  Json tasks = Json::array(), tests = Json::array();
  for (const TaskScore& task : module.tasks) {
    tasks.push_back({{"task", task.task},
                     {"points", task.points},
                     {"maximum", task.maximum},
                     {"tests", task.tests},
                     {"passed", task.passed}});
  }
  for (const TestResult& test : module.tests) tests.push_back(test_json(test));
  return {{"module", module.folder},
          {"points", points_of(module.has_points(), module.points)},
          {"maximum", module.maximum},
          {"outcome", to_string(module.outcome)},
          {"detail", module.detail},
          {"tasks", tasks},
          {"tests", tests}};
}

Json submission_json(const SubmissionGrade& grade) {
  Json modules = Json::array();
  for (const ModuleGrade& module : grade.modules) {
    modules.push_back(module_json(module));
  }
  return {{"student", grade.id},
          {"points", points_of(grade.has_points(), grade.points())},
          {"maximum", grade.maximum()},
          {"outcome", to_string(grade.outcome())},
          {"modules", modules},
          {"notes", grade.notes},
          {"ignored", grade.ignored}};
}

std::string text_of(const Json& value, int indent) {
  return value.dump(indent, ' ', true, Json::error_handler_t::replace);
}

}  // namespace

void write_json(const Report& report, const Sink& write) {
  Json refused = Json::array();
  for (const Refusal& refusal : report.refused) {
    refused.push_back({{"name", refusal.name}, {"reason", refusal.reason}});
  }
  const Json head = {
      {"version", 1},
      {"versions", report.versions},
      {"prerequisites",
       report.prerequisites == Prerequisites::own ? "own" : "reference"},
      {"isolation", report.sandboxed ? "sandbox" : "degraded"},
      {"refused", refused}};
  std::string text = text_of(head, 2);
  text.erase(text.rfind("\n}"));
  write(text + ",\n  \"submissions\": [");
  const char* separator = "\n";
  for (const SubmissionGrade& grade : report.grades) {
    write(separator + text_of(submission_json(grade), -1));
    separator = ",\n";
  }
  write("\n]}\n");
}

}  // namespace grader
