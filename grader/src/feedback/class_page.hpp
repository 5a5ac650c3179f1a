// The teachers' page.
#pragma once

#include <string>

#include "grader/feedback.hpp"

namespace grader {

std::string class_page(const ExportTable& table,
                       const FeedbackOptions& options);

}  // namespace grader
