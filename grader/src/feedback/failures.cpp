#include "failures.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grader/assertion.hpp"
#include "table.hpp"
#include "words.hpp"

namespace grader {
namespace {

using html::element;
using html::Html;
using Status = TestResult::Status;

constexpr std::size_t kLongestValue = 600;
constexpr std::size_t kLongestOutput = 400;

/// Name and value; nothing for an empty value.
Html field(const char* name, const std::string& value,
           std::size_t longest = kLongestValue) {
  if (value.empty()) return {};
  return element("dt", name) +
         element("dd", element("pre", html::shortened(value, longest))) +
         Html{"\n"};
}

Html prose(const char* name, const std::string& value) {
  if (value.empty()) return {};
  return element("dt", name) +
         element("dd", html::shortened(value, kLongestValue)) + Html{"\n"};
}

Html box(const Html& content) {
  return element("div", Html{"\n"} + content, {{"class", "test"}}) + Html{"\n"};
}

Html assertion(const Failure& failure) {
  if (failure.expression.empty()) return field("Exception", failure.message);
  const auto parts = assertion_parts(failure.expression, failure.expanded);
  return field("Check", failure.expression) +
         field("Expected", parts.expected) + field("Came out", parts.got) +
         field("Difference", parts.difference) +
         field("Because", failure.message);
}

std::string title_of(const ExportColumn& column, const TestResult& test) {
  std::string tasks;
  for (const std::string& task : test.tasks) {
    tasks += (tasks.empty() ? "" : ", ") + task_words(column, task);
  }
  return tasks + (tasks.empty() ? "" : ": ") + test.name;
}

Html public_test(const ExportColumn& column, const TestResult& test) {
  Html fields;
  if (test.status != Status::failed || test.failures.empty()) {
    const std::string words = status_words(test.status);
    fields += prose("Ended", test.detail.empty() ? words : test.detail);
  }
  if (!test.failures.empty()) {
    fields += assertion(test.failures.front());
    if (const std::size_t more = test.failures.size() - 1; more > 0) {
      fields += prose("And", count_words(more, "assertion") + " more");
    }
  }
  fields += field("Printed", test.output, kLongestOutput);
  return box(element("h4", title_of(column, test)) +
             element("dl", Html{"\n"} + fields));
}

/// What is not written yet is said once, with its task.
bool is_worth_telling(const TestResult& test, const ModuleGrade& measured) {
  return test.status != Status::passed &&
         std::none_of(
             test.tasks.begin(), test.tasks.end(),
             [&](const auto& task) { return is_unwritten(task, measured); });
}

/// Passed or not, and nothing else: code that runs beside a hidden test could
/// choose how it ends, and so tell the student what it read there.
Html withheld_tests(const ExportColumn& column, const ModuleGrade& measured) {
  html::Table table("Hidden tests that did not pass", {{"Test", false}});
  for (const TestResult& test : measured.tests) {
    if (!is_withheld(test) || !is_worth_telling(test, measured)) continue;
    table.add({html::text(title_of(column, test))});
  }
  if (table.empty()) return {};
  return element("h3", "Hidden tests") + Html{"\n"} +
         element("p",
                 "These tests are not shown. Think of cases that the public "
                 "tests leave out.",
                 {{"class", "quiet"}}) +
         Html{"\n"} + table.html();
}

struct CompileError {
  std::string file;  ///< "backward.cpp"
  std::size_t line = 0;
  std::string message;
};

/// From "05_autograd/src/backward.cpp:12: message". Empty for any other place:
/// what is not the student's own file is not shown.
CompileError compile_error(const ModuleGrade& measured) {
  const std::string own = measured.folder + "/src/";
  const std::string& text = measured.detail;
  if (text.rfind(own, 0) != 0) return {};
  const std::size_t colon = text.find(':');
  const std::size_t end = text.find(": ", colon + 1);
  if (colon == text.npos || end == text.npos) return {};
  CompileError error;
  error.file = text.substr(own.size(), colon - own.size());
  for (std::size_t i = colon + 1; i < end; ++i) {
    if (text[i] < '0' || text[i] > '9' || i - colon > 7) return {};
    error.line = error.line * 10 + static_cast<std::size_t>(text[i] - '0');
  }
  error.message = text.substr(end + 2);
  return error;
}

/// Two lines before and after, with numbers; the line itself is marked.
std::string excerpt(const std::string& source, std::size_t line) {
  std::string result;
  std::size_t number = 1;
  for (std::size_t begin = 0; begin < source.size(); ++number) {
    const std::size_t end = std::min(source.find('\n', begin), source.size());
    if (number + 2 >= line && number <= line + 2) {
      result +=
          fmt::format("{} {:>4}  {}\n", number == line ? '>' : ' ', number,
                      html::shortened(source.substr(begin, end - begin), 160));
    }
    begin = end + 1;
  }
  return result;
}

Html compiler_says(const std::string& student, const ModuleGrade& measured,
                   const FeedbackOptions& options) {
  const CompileError error = compile_error(measured);
  if (error.file.empty()) {
    return element("p",
                   "The compiler's first error is in no file of yours, or is "
                   "not shown here. See all of it with: ") +
           element("p", element("code", "tito module test " + measured.number));
  }
  Html fields = field("Says", error.message) +
                field("At", fmt::format("{}:{}", error.file, error.line));
  if (options.source) {
    const std::string source =
        options.source(student, measured.number, error.file);
    fields += field("Your lines", excerpt(source, error.line), 1000);
  }
  return element("h3", "The compiler's first error") + Html{"\n"} +
         box(element("dl", Html{"\n"} + fields));
}

}  // namespace

Html build_problem(const std::string& student, const ModuleGrade& measured,
                   const FeedbackOptions& options) {
  switch (measured.outcome) {
    case Outcome::compile_error:
      return compiler_says(student, measured, options);
    case Outcome::link_error:
      // Anything else that a linker says may name what is hidden.
      return element("p", measured.detail.rfind("not defined: ", 0) == 0
                              ? "The files compile, but a function is " +
                                    html::shortened(measured.detail, 300)
                              : "The files compile, but do not fit together: "
                                "the same function may be defined twice.");
    case Outcome::limit:
      return element("p", "The compiler needed too much time or memory.");
    case Outcome::denied:
      return element("p",
                     "The code does what no task asks for, and was not run: " +
                         html::shortened(measured.detail, 300));
    default:
      return {};
  }
}

Html failed_tests(const ExportColumn& column, const ModuleGrade& measured) {
  Html shown;
  for (const TestResult& test : measured.tests) {
    if (is_withheld(test) || !is_worth_telling(test, measured)) continue;
    shown += public_test(column, test);
  }
  if (!shown.empty()) {
    shown = element("h3", "Public tests") + Html{"\n"} + shown;
  }
  return shown + withheld_tests(column, measured);
}

}  // namespace grader
