#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <sstream>
#include <string_view>

#include "grader/report.hpp"

namespace grader {
namespace {

/// Bytes of the character at `i` if XML forbids it, or if it would command a
/// terminal or turn the text around; otherwise 0. The text is valid UTF-8.
std::size_t harmful_at(const std::string& text, std::size_t i) {
  const auto c = static_cast<unsigned char>(text[i]);
  if ((c < 32 && c != '\t' && c != '\n') || c == 127) return 1;
  const auto between = [&](std::string_view first, std::string_view last) {
    const auto character = std::string_view(text).substr(i, first.size());
    return first <= character && character <= last;
  };
  if (between("\xc2\x80", "\xc2\x9f") || between("\u061c", "\u061c")) return 2;
  const bool turns = between("\u200e", "\u200f") ||
                     between("\u202a", "\u202e") || between("\u2066", "\u2069");
  return turns || between("\xef\xbf\xbe", "\xef\xbf\xbf") ? 3 : 0;
}

/// Only harmless characters; broken UTF-8 becomes U+FFFD.
std::string xml_text(const std::string& text) {
  using nlohmann::json;
  const auto quoted =
      json(text).dump(-1, ' ', false, json::error_handler_t::replace);
  const auto valid = json::parse(quoted).get<std::string>();
  std::string result;
  for (std::size_t i = 0; i < valid.size();) {
    const std::size_t bytes = harmful_at(valid, i);
    result += bytes > 0 ? '?' : valid[i];
    i += bytes > 0 ? bytes : 1;
  }
  return result;
}

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

void add_suite(pugi::xml_node root, const std::string& id,
               const ModuleGrade& module) {
  const std::string name = fmt::format("{}.{}", id, module.folder);
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
  if (no_tests) return add_outcome(suite, name, module);
  for (const TestResult& test : module.tests) add_test(suite, name, test);
}

}  // namespace

std::string junit(const Report& report) {
  pugi::xml_document document;
  pugi::xml_node root = document.append_child("testsuites");
  for (const SubmissionGrade& grade : report.grades) {
    for (const ModuleGrade& module : grade.modules) {
      add_suite(root, grade.id, module);
    }
  }
  std::ostringstream out;
  document.save(out, "  ");
  return out.str();
}

}  // namespace grader
