// Feedback pages that hold everything that pages can hold.
#pragma once

#include "export_fixture.hpp"
#include "grader/feedback.hpp"

namespace feedback_test {

using namespace export_test;

inline grader::TestResult failing(const std::string& name,
                                  const std::string& words) {
  grader::TestResult test;
  test.name = name;
  test.tasks = {"01.2"};
  test.status = grader::TestResult::Status::failed;
  test.failures = {{words + " expression", words + " 3 == 4",
                    words + " message", words + "/file.cpp", 77},
                   {"", "", words + " exception", "", 0}};
  test.output = words + " output";
  test.detail = words + " detail";
  test.seconds = 0.25;
  return test;
}

inline grader::SimilarityFinding finding() {
  grader::SimilarityFinding found;
  found.module = "01";
  found.pair = {"ada_l", "long", 40, 50, 44, {}};
  for (int i = 1; i < 8; ++i) {
    found.pair.spans.push_back({{"a.cpp", i, 9 * i}, {"b.cpp", i, 9 * i}});
  }
  return found;
}

/// Everything that pages can hold.
inline std::vector<grader::ExportFile> class_pages() {
  const Class all;
  grader::FeedbackOptions options;
  options.similar = {finding()};
  auto table = all.table();
  auto& tests = table.rows.at(0).measured.at(0).tests;
  tests.push_back(failing("takes a lid", "<said> & \"meant\""));
  tests.push_back(failing("is closed", "hidden"));
  tests.back().hidden = true;
  tests.push_back(failing("never ends", "late"));
  tests.back().status = grader::TestResult::Status::timed_out;
  return feedback_pages(table, options);
}

}  // namespace feedback_test
