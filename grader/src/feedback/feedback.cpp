#include "grader/feedback.hpp"

#include "class_page.hpp"
#include "student_page.hpp"

namespace grader {

std::string feedback_page_name(const std::string& id) {
  // No id holds a tilde: see is_valid_id().
  return id == "index" ? "index~.html" : id + ".html";
}

std::vector<ExportFile> feedback_pages(const ExportTable& table,
                                       const FeedbackOptions& options) {
  std::vector<ExportFile> pages;
  for (const ExportRow& row : table.rows) {
    pages.push_back({feedback_page_name(row.student.id),
                     student_page(table, row, options)});
  }
  pages.push_back({"index.html", class_page(table, options)});
  return pages;
}

}  // namespace grader
