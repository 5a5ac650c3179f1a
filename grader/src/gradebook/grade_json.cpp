#include "grader/gradebook/grade_json.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "grader/gradebook/gradebook.hpp"
#include "grader/unicode.hpp"

namespace grader {
namespace {

using Json = nlohmann::ordered_json;
using Status = TestResult::Status;

/// A JSON string; bytes that are none as {"bytes": [255, ...]}.
Json text_json(const std::string& text) {
  if (is_utf8(text)) return text;
  const std::vector<unsigned char> bytes(text.begin(), text.end());
  return {{"bytes", bytes}};
}

std::string text_from(const Json& json) {
  if (json.is_string()) return json.get<std::string>();
  const auto bytes = json.at("bytes").get<std::vector<unsigned char>>();
  return {bytes.begin(), bytes.end()};
}

/// The enumerator with that name. to_string() calls what is none "unknown".
template <class Enum>
Enum enumerator(const std::string& name) {
  for (int i = 0;; ++i) {
    const auto value = static_cast<Enum>(i);
    const std::string candidate = to_string(value);
    if (candidate == "unknown") break;
    if (candidate == name) return value;
  }
  throw GradebookError(fmt::format("'{}' is no outcome of a grade", name));
}

// The bindings name every member: a new one must be stored, too.

Json failure_json(const Failure& failure) {
  const auto& [expression, expanded, message, file, line] = failure;
  return {{"expression", text_json(expression)},
          {"expanded", text_json(expanded)},
          {"message", text_json(message)},
          {"file", text_json(file)},
          {"line", line}};
}

Failure failure_from(const Json& json) {
  return {text_from(json.at("expression")), text_from(json.at("expanded")),
          text_from(json.at("message")), text_from(json.at("file")),
          json.at("line").get<int>()};
}

Json task_json(const TaskScore& score) {
  const auto& [task, points, maximum, tests, passed] = score;
  return {{"task", task},
          {"points", points},
          {"maximum", maximum},
          {"tests", tests},
          {"passed", passed}};
}

TaskScore task_from(const Json& json) {
  return {json.at("task").get<std::string>(), json.at("points").get<double>(),
          json.at("maximum").get<double>(), json.at("tests").get<int>(),
          json.at("passed").get<int>()};
}

Json test_json(const TestResult& test) {
  const auto& [name, tasks, hidden, by_value, status, failures, output, detail,
               seconds] = test;
  Json list = Json::array();
  for (const Failure& failure : failures) list.push_back(failure_json(failure));
  return {{"name", text_json(name)},
          {"tasks", tasks},
          {"hidden", hidden},
          {"by_value", by_value},
          {"status", to_string(status)},
          {"failures", list},
          {"output", text_json(output)},
          {"detail", text_json(detail)},
          {"seconds", seconds}};
}

TestResult test_from(const Json& json) {
  TestResult test;
  test.name = text_from(json.at("name"));
  test.tasks = json.at("tasks").get<std::vector<std::string>>();
  test.hidden = json.at("hidden").get<bool>();
  test.by_value = json.at("by_value").get<bool>();
  test.status = enumerator<Status>(json.at("status").get<std::string>());
  for (const Json& failure : json.at("failures")) {
    test.failures.push_back(failure_from(failure));
  }
  test.output = text_from(json.at("output"));
  test.detail = text_from(json.at("detail"));
  test.seconds = json.at("seconds").get<double>();
  return test;
}

template <class T>
Json list_json(const std::vector<T>& items, Json (*one)(const T&)) {
  Json list = Json::array();
  for (const T& item : items) list.push_back(one(item));
  return list;
}

template <class T>
std::vector<T> list_from(const Json& json, T (*one)(const Json&)) {
  std::vector<T> items;
  for (const Json& item : json) items.push_back(one(item));
  return items;
}

/// What `read` makes of the text.
template <class Read>
auto parse(const std::string& text, const Read& read) {
  try {
    return read(Json::parse(text));
  } catch (const Json::exception& error) {
    throw GradebookError(fmt::format(
        "a grade in the gradebook cannot be read: {}. Put a copy of an earlier "
        "day in its place",
        error.what()));
  }
}

}  // namespace

std::string to_json_text(const ModuleGrade& grade) {
  const auto& [number, folder, outcome, points, maximum, detail, tasks, tests] =
      grade;
  const Json json = {{"number", number},
                     {"folder", folder},
                     {"outcome", to_string(outcome)},
                     {"points", points},
                     {"maximum", maximum},
                     {"detail", text_json(detail)},
                     {"tasks", list_json(tasks, task_json)},
                     {"tests", list_json(tests, test_json)}};
  return json.dump();
}

ModuleGrade module_grade_from(const Json& json) {
  return {json.at("number").get<std::string>(),
          json.at("folder").get<std::string>(),
          outcome_from(json.at("outcome").get<std::string>()),
          json.at("points").get<double>(),
          json.at("maximum").get<double>(),
          text_from(json.at("detail")),
          list_from(json.at("tasks"), task_from),
          list_from(json.at("tests"), test_from)};
}

ModuleGrade module_grade_from_json(const std::string& text) {
  return parse(text, module_grade_from);
}

std::string tasks_to_json(const std::vector<TaskScore>& tasks) {
  return list_json(tasks, task_json).dump();
}

std::vector<TaskScore> tasks_from_json(const std::string& text) {
  return parse(text,
               [](const Json& list) { return list_from(list, task_from); });
}

std::string tests_to_json(const std::vector<TestResult>& tests) {
  return list_json(tests, test_json).dump();
}

std::vector<TestResult> tests_from_json(const std::string& text) {
  return parse(text,
               [](const Json& list) { return list_from(list, test_from); });
}

std::string lines_to_json(const std::vector<std::string>& lines) {
  return list_json(lines, text_json).dump();
}

std::vector<std::string> lines_from_json(const std::string& text) {
  return parse(text,
               [](const Json& list) { return list_from(list, text_from); });
}

Outcome outcome_from(const std::string& name) {
  return enumerator<Outcome>(name);
}

}  // namespace grader
