// Submissions to the little course, graded.
#pragma once

#include <chrono>

#include "fake_course.hpp"
#include "grader/grade.hpp"
#include "grader/scratch.hpp"
#include "support/catch.hpp"

namespace grade_test {

using grader::GradeOptions;
using grader::Grader;
using grader::Outcome;
using grader::Prerequisites;
using grader::Submission;
using grader::SubmissionGrade;

inline GradeOptions options(Prerequisites prerequisites) {
  GradeOptions result;
  result.prerequisites = prerequisites;
  result.test_limits = grader::default_test_limits();
  result.test_limits.wall = std::chrono::seconds(2);
  result.build_limits = grader::default_build_limits();
  return result;
}

inline const Grader& grader_on(Prerequisites prerequisites) {
  static const grader::Scratch reference, own;
  static const Grader on_reference(
      fake::course().curriculum(), fake::course().toolchain(),
      options(Prerequisites::reference), reference.path());
  static const Grader on_own(fake::course().curriculum(),
                             fake::course().toolchain(),
                             options(Prerequisites::own), own.path());
  return prerequisites == Prerequisites::own ? on_own : on_reference;
}

inline SubmissionGrade grade(const std::string& box, const std::string& lid,
                             const std::string& shelf,
                             Prerequisites on = Prerequisites::reference) {
  Submission submission;
  submission.id = "s1";
  if (!box.empty()) submission.files["01"]["box.cpp"] = box;
  if (!lid.empty()) submission.files["01"]["lid.cpp"] = lid;
  if (!shelf.empty()) submission.files["02"]["shelf.cpp"] = shelf;
  return grader_on(on).grade(submission);
}

/// "passed 100, partial 40"
inline std::string summary(const SubmissionGrade& grade) {
  std::string text;
  for (const auto& module : grade.modules) {
    text += std::string(text.empty() ? "" : ", ") + to_string(module.outcome);
    if (module.has_points()) {
      text += " " + std::to_string(static_cast<int>(module.points));
    }
  }
  return text;
}

inline std::string detail(const SubmissionGrade& grade) {
  return grade.modules.front().detail;
}

inline bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

inline const std::string kBox = fake::kBox, kLid = fake::kLid,
                         kShelf = fake::kShelf;

/// A right box.cpp with something after it.
inline std::string box_with(const std::string& extra) { return kBox + extra; }

/// This box.cpp, with a right lid.cpp, gets every point.
inline void check_passes(const std::string& box) {
  const auto result = grade(box, kLid, "");
  INFO(detail(result));
  CHECK(summary(result) == "passed 100, missing");
}

}  // namespace grade_test
