// Grades as pages to read: one for each student, and one for the teachers.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "grader/gradebook/export.hpp"
#include "grader/gradebook/export_table.hpp"
#include "grader/similarity.hpp"

namespace grader {

struct FeedbackOptions {
  /// A student's file as it was graded, to show the line of a compile error;
  /// empty if it is not known.
  std::function<std::string(const std::string& student,
                            const std::string& module, const std::string& file)>
      source;
  /// For the class page; in an anonymous table with the same pseudonyms.
  std::optional<std::vector<SimilarityFinding>> similar;
};

/// The name of a student's page: "<id>.html". No two students, and no student
/// and the class page, have the same one.
std::string feedback_page_name(const std::string& id);

/// One page for each row, in their order, and last "index.html", the class
/// page, which names students and is not for them. The table needs
/// Detail::tests.
///
/// Pages are whole: no script, no other file, and they are well-formed XML.
/// Of hidden tests and probes they hold the task, the name, and how they
/// ended: never an expression, a value, output or detail. Equal grades give
/// equal pages.
std::vector<ExportFile> feedback_pages(const ExportTable& table,
                                       const FeedbackOptions& options = {});

}  // namespace grader
