// What a student's page says about work that did not pass.
#pragma once

#include <string>

#include "grader/feedback.hpp"
#include "html.hpp"

namespace grader {

/// The compiler's first error with the lines around it, or why else there are
/// no tests. Empty if the tests ran.
html::Html build_problem(const std::string& student,
                         const ModuleGrade& measured,
                         const FeedbackOptions& options);

/// Public tests in full; of hidden tests and probes what may be told.
html::Html failed_tests(const ExportColumn& column,
                        const ModuleGrade& measured);

}  // namespace grader
