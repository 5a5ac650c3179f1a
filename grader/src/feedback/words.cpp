#include "words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grader/report.hpp"

namespace grader {
namespace {

struct Words {
  const char* text;
  const char* colour;
};

Words outcome_words(Outcome outcome) {
  switch (outcome) {
    case Outcome::passed:
      return {"passed", "good"};
    case Outcome::partial:
      return {"passed in part", "warn"};
    case Outcome::failed:
      return {"not passed", "bad"};
    case Outcome::compile_error:
      return {"does not compile", "bad"};
    case Outcome::link_error:
      return {"does not link", "bad"};
    case Outcome::limit:
      return {"took the compiler too long", "bad"};
    case Outcome::denied:
      return {"refused", "bad"};
    case Outcome::missing:
    case Outcome::unreadable:
    case Outcome::infrastructure_error:
      break;
  }
  return {"decided by hand", "quiet"};
}

Words words_of(const EffectiveGrade& grade, const ModuleGrade& measured) {
  switch (grade.state) {
    case GradeState::missing:
      return {"not handed in", "quiet"};
    case GradeState::unreadable:
      return {"archive cannot be read", "bad"};
    case GradeState::not_graded:
      return {"will be graded again: a failure of ours", "warn"};
    case GradeState::excused:
      return {"excused", "quiet"};
    case GradeState::graded:
      break;
  }
  return outcome_words(measured.outcome);
}

}  // namespace

bool is_withheld(const TestResult& test) {
  return test.hidden || test.by_value;
}

bool is_test_of(const TestResult& test, const std::string& task) {
  return std::find(test.tasks.begin(), test.tasks.end(), task) !=
         test.tasks.end();
}

bool is_unwritten(const std::string& task, const ModuleGrade& measured) {
  return std::any_of(
      measured.tests.begin(), measured.tests.end(), [&](const auto& test) {
        return test.status == TestResult::Status::not_implemented &&
               !is_withheld(test) && is_test_of(test, task);
      });
}

const char* status_words(TestResult::Status status) {
  using Status = TestResult::Status;
  switch (status) {
    case Status::passed:
      return "passed";
    case Status::failed:
      return "failed";
    case Status::not_implemented:
      return "not written yet";
    case Status::crashed:
      return "crashed";
    case Status::timed_out:
      return "ran out of time";
    case Status::output_limit:
      return "printed too much";
    case Status::incomplete:
      return "ended early";
    case Status::not_run:
      break;
  }
  return "not run";
}

html::Html state_words(const EffectiveGrade& grade,
                       const ModuleGrade& measured) {
  const Words words = words_of(grade, measured);
  return html::element("span", words.text, {{"class", words.colour}});
}

std::string points_words(const std::optional<double>& points) {
  return points ? format_points(*points) : "none";
}

std::string points_of(const std::optional<double>& points, double maximum) {
  return points_words(points) +
         (points ? " of " + format_points(maximum) : std::string());
}

std::string count_words(std::size_t count, const std::string& noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string task_words(const ExportColumn& column, const std::string& task) {
  for (const Task& known : column.tasks) {
    if (known.id == task) return task + " " + known.title;
  }
  return task;
}

html::Html name_of(const Student& student) {
  return html::isolated(student.name.empty() ? student.id : student.name);
}

std::string percent_words(double share) {
  return fmt::format("{:.0f} %", 100 * share);
}

}  // namespace grader
