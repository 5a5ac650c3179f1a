// Whether bytes are text.
#pragma once

#include <string>

namespace grader {

bool is_utf8(const std::string& text);

}  // namespace grader
