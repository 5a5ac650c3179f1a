// Gradebooks in a folder of their own, and grades to put into them.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>

#include "grader/gradebook/gradebook.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/temporary_folder.hpp"

namespace gradebook_test {

using test::slurp;
using test::spit;

/// What `action` throws; empty if nothing.
template <class Error, class Action>
std::string message_of(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// A module of two tasks, 60 and 40 points.
inline grader::ModuleGrade module_grade(const std::string& number,
                                        double points) {
  using grader::Outcome;
  grader::ModuleGrade grade;
  grade.number = number;
  grade.folder = number + (number == "02" ? "_shelf" : "_box");
  grade.maximum = 100;
  grade.points = points;
  grade.outcome = points >= 100 ? Outcome::passed
                  : points > 0  ? Outcome::partial
                                : Outcome::failed;
  const double first = std::min(points, 60.0);
  grade.tasks = {{number + ".1", first, 60, 2, first >= 60 ? 2 : 1},
                 {number + ".2", points - first, 40, 2, 0}};
  return grade;
}

inline grader::ModuleGrade not_graded(const std::string& number,
                                      grader::Outcome outcome) {
  grader::ModuleGrade grade;
  grade.number = number;
  grade.folder = number + (number == "02" ? "_shelf" : "_box");
  grade.maximum = 100;
  grade.outcome = outcome;
  return grade;
}

inline grader::SubmissionGrade submission(
    const std::string& id, std::vector<grader::ModuleGrade> modules) {
  return {id, std::move(modules), {}, {}};
}

}  // namespace gradebook_test
