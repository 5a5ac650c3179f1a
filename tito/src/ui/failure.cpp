#include "ui/failure.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grader/assertion.hpp"
#include "system/files.hpp"
#include "ui/build_failure.hpp"
#include "ui/table.hpp"
#include "ui/text.hpp"

namespace tito {
namespace {

using State = TaskReport::State;
using Status = grader::TestResult::Status;

constexpr int kLabelWidth = 11;
constexpr std::size_t kLongestValue = 600;
constexpr std::size_t kLongestOutput = 400;

Cell verdict(const TaskReport& task) {
  switch (task.state) {
    case State::passed:
      return {"passed", Style::good};
    case State::not_written:
      return {"not written yet", Style::warn};
    case State::waiting:
      return {"waits for " + task.waits_for, Style::dim};
    case State::not_run:
      return {"no test ran", Style::dim};
    case State::failed:
      break;
  }
  const Status status = task.first_failure->status;
  if (status == Status::failed) {
    return {
        fmt::format("failed {} of {}", task.tests - task.passed, task.tests),
        Style::bad};
  }
  return {grader::to_string(status), Style::bad};
}

std::string shorten(const std::string& text, std::size_t longest) {
  const std::string clean = printable(text);
  return clean.size() <= longest ? clean : clean.substr(0, longest) + " ...";
}

/// "  Expected   ..." with further lines below the text.
void field(Terminal& terminal, const std::string& name,
           const std::string& value) {
  if (value.empty()) return;
  std::string head = "  " + fit(name, kLabelWidth);
  std::string out;
  for (std::size_t start = 0; start <= value.size();) {
    std::size_t end = value.find('\n', start);
    if (end == std::string::npos) end = value.size();
    out += terminal.paint(Style::dim, head) + value.substr(start, end - start) +
           '\n';
    head = std::string(head.size(), ' ');
    start = end + 1;
  }
  terminal.write(out);
}

/// The same for prose, which may be broken at spaces.
void paragraph(Terminal& terminal, const std::string& name,
               const std::string& text) {
  std::string lines;
  for (const std::string& line :
       wrap(text, terminal.width() - kLabelWidth - 2)) {
    lines += (lines.empty() ? "" : "\n") + line;
  }
  field(terminal, name, lines);
}

void print_assertion(const grader::Failure& failure, Terminal& terminal) {
  const std::string expanded = shorten(failure.expanded, kLongestValue);
  if (failure.expression.empty()) {
    field(terminal, "Exception", shorten(failure.message, kLongestValue));
    return;
  }
  field(terminal, "Check", shorten(failure.expression, kLongestValue));
  const auto parts = grader::assertion_parts(failure.expression, expanded);
  field(terminal, "Expected", parts.expected);
  field(terminal, "Got", parts.got);
  field(terminal, "Difference", parts.difference);
  field(terminal, "Because", shorten(failure.message, kLongestValue));
}

std::string explain_end(const grader::TestResult& test) {
  const std::string detail = shorten(test.detail, kLongestValue);
  return detail.empty() ? grader::to_string(test.status) : detail;
}

void print_public_failure(const grader::TestResult& test, const Course& course,
                          Terminal& terminal) {
  if (test.status != Status::failed) {
    paragraph(terminal, "Ended", explain_end(test));
  }
  if (!test.failures.empty()) {
    const grader::Failure& failure = test.failures.front();
    print_assertion(failure, terminal);
    if (!failure.file.empty()) {
      field(terminal, "At",
            fmt::format("{}:{}",
                        short_path(failure.file, course.toolchain.course),
                        failure.line));
    }
  }
  field(terminal, "Printed", shorten(test.output, kLongestOutput));
}

void print_failed_test(const TaskReport& task, const Course& course,
                       Terminal& terminal) {
  const grader::TestResult& test = *task.first_failure;
  field(terminal, "Test", printable(test.name));
  if (!test.hidden) {
    print_public_failure(test, course, terminal);
    return;
  }
  paragraph(
      terminal, "Hidden",
      "this test is not shown. Think of cases that the public tests leave "
      "out.");
}

void print_task_problem(const TaskReport& task, const ModuleReport& report,
                        const Course& course, Terminal& terminal) {
  terminal.print("\n{}\n", terminal.paint(Style::bold, task.task->id + ' ' +
                                                           task.task->title));
  const std::string file = fmt::format(
      "{}/src/{}",
      (course.workspace.modules() / report.module->folder()).string(),
      task.task->file);
  if (task.state == State::not_written) {
    terminal.print("  Not written yet. It belongs into {}\n",
                   short_path(file, course.workspace.root));
  } else if (task.state == State::waiting) {
    terminal.print("  Its tests also need task {}, which is not written yet.\n",
                   task.waits_for);
  } else if (task.state == State::not_run) {
    terminal.print("  None of its tests ran.\n");
  } else {
    print_failed_test(task, course, terminal);
  }
  const std::string& hint =
      task.state == State::waiting ? task.waits_for : task.task->id;
  terminal.print("\nHint: {}\n",
                 terminal.paint(Style::accent, "tito module hint " + hint));
}

}  // namespace

void print_tasks(const ModuleReport& report, Terminal& terminal) {
  if (!report.build.ok()) return;
  Table table;
  double maximum = 0;
  for (const TaskReport& task : report.tasks) {
    maximum += task.task->points;
    table.add({{task.task->id, Style::dim},
               {task.task->title},
               verdict(task),
               {fmt::format("{}/{} points", task.points, task.task->points),
                Style::dim}});
  }
  terminal.write('\n' + table.render(terminal, 2));
  const double share = maximum > 0 ? report.points() / maximum : 0;
  const int tests = static_cast<int>(report.results.size());
  terminal.print("\n  {} {} of {} points\n", terminal.bar(share, 30),
                 report.points(), maximum);
  terminal.print(
      "  {}\n",
      terminal.paint(
          Style::dim,
          fmt::format("built in {:.2f} s, {} in {:.2f} s", report.build_seconds,
                      count(tests, "test"), report.test_seconds)));
}

void print_first_problem(const ModuleReport& report, const Course& course,
                         Terminal& terminal) {
  if (!report.build.ok()) {
    print_build_failure(report.build, *report.module, course, terminal);
    return;
  }
  if (const TaskReport* task = report.first_unpassed()) {
    print_task_problem(*task, report, course, terminal);
  }
}

}  // namespace tito
