// Building a milestone program against the student's library and judging it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "grader/build.hpp"
#include "grader/process.hpp"
#include "system/course.hpp"
#include "ui/terminal.hpp"

namespace tito {

/// What a program printed as lines "name=value". The last of a name counts.
std::map<std::string, double> parse_metrics(const std::string& output);

struct MetricVerdict {
  std::string name;
  std::optional<double> value;  ///< nothing: it was not printed
  grader::Threshold threshold;
  bool holds = false;
};

/// One verdict per threshold of the part.
std::vector<MetricVerdict> judge(const grader::MilestonePart& part,
                                 const std::map<std::string, double>& metrics);

/// "at least 0.95", "between 0.35 and 0.65"
std::string to_string(const grader::Threshold& threshold);

struct MilestoneReport {
  grader::BuildResult build;
  grader::ProcessResult process;
  std::vector<MetricVerdict> metrics;
  bool achieved() const;
};

/// Builds and runs part `part` of a milestone. `on_output` sees what the
/// program prints while it runs.
/// @throws CommandError
MilestoneReport run_milestone(
    const Course& course, const grader::Milestone& milestone, std::size_t part,
    const std::vector<std::string>& arguments,
    const std::function<void(const std::string&)>& on_output,
    const Terminal& terminal);

}  // namespace tito
