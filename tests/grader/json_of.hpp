// A report's JSON as one text.
#pragma once

#include <string>

#include "grader/report.hpp"

inline std::string json_of(const grader::Report& report) {
  std::string text;
  grader::write_json(report, [&](auto piece) { text += piece; });
  return text;
}
