// One student's page.
#pragma once

#include <string>

#include "grader/feedback.hpp"

namespace grader {

std::string student_page(const ExportTable& table, const ExportRow& row,
                         const FeedbackOptions& options);

}  // namespace grader
