// What both kinds of page say about a grade, in words.
#pragma once

#include <optional>
#include <string>

#include "grader/gradebook/effective.hpp"
#include "grader/gradebook/export_table.hpp"
#include "html.hpp"

namespace grader {

/// Tests whose text, values and output no student may see.
bool is_withheld(const TestResult& test);
/// A public test says that the task is still a stub.
bool is_unwritten(const std::string& task, const ModuleGrade& measured);

bool is_test_of(const TestResult& test, const std::string& task);

/// "ran out of time"
const char* status_words(TestResult::Status status);

/// "does not compile"; its colour says the same.
html::Html state_words(const EffectiveGrade& grade,
                       const ModuleGrade& measured);

/// "87.5", or "none".
std::string points_words(const std::optional<double>& points);

/// "87.5 of 100", or "none".
std::string points_of(const std::optional<double>& points, double maximum);

/// "1 test", "2 tests".
std::string count_words(std::size_t count, const std::string& noun);

/// "05.2 Unbroadcasting"
std::string task_words(const ExportColumn& column, const std::string& task);

/// The student's name, or the id if it is not known.
html::Html name_of(const Student& student);

/// "85 %"
std::string percent_words(double share);

}  // namespace grader
