// Module grades as JSON, and back without loss.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "grader/grade.hpp"

namespace grader {

/// Everything in the grade. Strings that are no UTF-8 (student code prints
/// what it likes) are kept byte by byte.
std::string to_json_text(const ModuleGrade& grade);

/// from(to(grade)) equals grade.
/// @throws GradebookError  if the text is not such a grade
ModuleGrade module_grade_from_json(const std::string& text);

/// The same of a part of a document.
/// @throws GradebookError, nlohmann::json::exception
ModuleGrade module_grade_from(const nlohmann::ordered_json& json);

std::string tasks_to_json(const std::vector<TaskScore>& tasks);
std::vector<TaskScore> tasks_from_json(const std::string& text);
std::string tests_to_json(const std::vector<TestResult>& tests);
std::vector<TestResult> tests_from_json(const std::string& text);

std::string lines_to_json(const std::vector<std::string>& lines);
std::vector<std::string> lines_from_json(const std::string& text);

/// The outcome of that name.
/// @throws GradebookError
Outcome outcome_from(const std::string& name);

}  // namespace grader
