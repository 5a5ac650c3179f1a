#include <fmt/format.h>

#include "grader/gradebook/csv.hpp"
#include "grader/report.hpp"

namespace grader {
namespace {

std::string cell(const std::string& text) {
  return csv_cell(without_formula(text));
}

std::string row(const std::string& student, const std::string& module,
                const std::string& points, const std::string& maximum,
                const std::string& outcome) {
  return fmt::format("{},{},{},{},{}", cell(student), cell(module), points,
                     maximum, outcome);
}

}  // namespace

std::string format_points(double points) {
  return fmt::format("{:.6g}", points);
}

std::string csv(const Report& report) {
  const std::string end = report.degraded ? ",degraded\r\n" : "\r\n";
  std::string text = "student,module,points,maximum,outcome";
  text += report.degraded ? ",isolation\r\n" : "\r\n";
  for (const SubmissionGrade& grade : report.grades) {
    for (const ModuleGrade& module : grade.modules) {
      text += row(grade.id, module.folder,
                  module.has_points() ? format_points(module.points) : "",
                  format_points(module.maximum), to_string(module.outcome)) +
              end;
    }
    text += row(grade.id, "total",
                grade.has_points() ? format_points(grade.points()) : "",
                format_points(grade.maximum()), to_string(grade.outcome())) +
            end;
  }
  for (const Refusal& refusal : report.refused) {
    text += row(refusal.name, "", "", "", "refused") + end;
  }
  return text;
}

}  // namespace grader
