#include <fmt/format.h>

#include <pugixml.hpp>
#include <sstream>

#include "grader/report.hpp"
#include "grader/unicode.hpp"

namespace grader {
namespace {

std::string xml_text(const std::string& text) { return harmless(text, "?"); }

void set(pugi::xml_node node, const char* name, const std::string& value) {
  node.append_attribute(name).set_value(xml_text(value).c_str());
}

std::string what_happened(const TestResult& test) {
  std::string text = test.detail;
  for (const Failure& failure : test.failures) {
    text += fmt::format("{}{}\n  {}\n  {}", text.empty() ? "" : "\n",
                        failure.expression, failure.expanded, failure.message);
  }
  return text;
}

void add_test(pugi::xml_node suite, const std::string& class_name,
              const TestResult& test) {
  pugi::xml_node node = suite.append_child("testcase");
  set(node, "classname", class_name);
  set(node, "name", test.name);
  if (test.status == TestResult::Status::passed) return;
  pugi::xml_node failure = node.append_child("failure");
  set(failure, "message", to_string(test.status));
  failure.text().set(xml_text(what_happened(test)).c_str());
}

/// A module without test results is one case of its own.
void add_outcome(pugi::xml_node suite, const std::string& class_name,
                 const ModuleGrade& module) {
  pugi::xml_node node = suite.append_child("testcase");
  set(node, "classname", class_name);
  set(node, "name", "build");
  const bool skipped = module.outcome == Outcome::missing;
  pugi::xml_node result = node.append_child(skipped ? "skipped" : "error");
  set(result, "message", to_string(module.outcome));
  if (!skipped) result.text().set(xml_text(module.detail).c_str());
}

void add_property(pugi::xml_node suite, const char* name, const char* value) {
  pugi::xml_node property =
      suite.append_child("properties").append_child("property");
  set(property, "name", name);
  set(property, "value", value);
}

void add_suite(pugi::xml_node root, const SubmissionGrade& grade,
               const ModuleGrade& module) {
  const std::string name = fmt::format("{}.{}", grade.id, module.folder);
  int failures = 0;
  for (const TestResult& test : module.tests) {
    if (test.status != TestResult::Status::passed) ++failures;
  }
  const bool skipped = module.outcome == Outcome::missing;
  const bool no_tests = module.tests.empty() || skipped;
  pugi::xml_node suite = root.append_child("testsuite");
  set(suite, "name", name);
  suite.append_attribute("tests") =
      no_tests ? 1 : static_cast<int>(module.tests.size());
  suite.append_attribute("failures") = no_tests ? 0 : failures;
  suite.append_attribute("errors") = no_tests && !skipped ? 1 : 0;
  suite.append_attribute("skipped") = skipped ? 1 : 0;
  const bool degraded = module.has_points() && is_degraded(grade.notes);
  if (degraded) add_property(suite, "isolation", "degraded");
  if (no_tests) return add_outcome(suite, name, module);
  for (const TestResult& test : module.tests) add_test(suite, name, test);
}

}  // namespace

std::string junit(const Report& report) {
  pugi::xml_document document;
  pugi::xml_node root = document.append_child("testsuites");
  for (const SubmissionGrade& grade : report.grades) {
    for (const ModuleGrade& module : grade.modules) {
      add_suite(root, grade, module);
    }
  }
  std::ostringstream out;
  document.save(out, "  ");
  return out.str();
}

}  // namespace grader
