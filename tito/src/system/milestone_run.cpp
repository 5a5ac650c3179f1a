#include "system/milestone_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <sstream>

#include "system/error.hpp"
#include "system/files.hpp"
#include "system/lock.hpp"
#include "system/module_run.hpp"
#include "ui/activity.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

bool is_name(const std::string& text) {
  constexpr const char* kAllowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";
  return !text.empty() && text.find_first_not_of(kAllowed) == std::string::npos;
}

bool within(double value, const grader::Threshold& threshold) {
  return std::isfinite(value) && (!threshold.min || value >= *threshold.min) &&
         (!threshold.max || value <= *threshold.max);
}

grader::Program milestone_program(const Course& course,
                                  const grader::Milestone& milestone,
                                  const grader::MilestonePart& part) {
  const fs::path source =
      course.toolchain.course / "milestones" / milestone.folder / part.source;
  if (!fs::exists(source)) {
    throw EnvironmentError(
        fmt::format("the program '{}' is missing. Get the course's files "
                    "again: git checkout -- milestones",
                    source.string()));
  }
  grader::Program program;
  program.directory = course.workspace.build(milestone.folder);
  program.name = source.stem().string();
  program.sources = {source};
  program.objects = {course.workspace.library()};
  return program;
}

/// An archive gives only what was asked for before it is read, so it has to
/// stand behind the program's own object too. The helpers of tests ask for
/// Catch2, which a milestone does not have.
grader::Toolchain toolchain_for_milestones(const Course& course) {
  grader::Toolchain toolchain = course.toolchain;
  toolchain.test_support.clear();
  toolchain.link_flags.push_back(course.workspace.library().string());
  return toolchain;
}

/// Into a pipe a program writes in blocks, but its story is read line by line.
std::vector<std::string> line_by_line(const fs::path& executable,
                                      const grader::Toolchain& toolchain) {
  const fs::path stdbuf = grader::find_program("stdbuf");
  // It preloads a library, which sanitizers refuse.
  if (stdbuf.empty() || is_sanitized(toolchain)) return {executable.string()};
  return {stdbuf.string(), "-oL", executable.string()};
}

}  // namespace

std::map<std::string, double> parse_metrics(const std::string& output) {
  std::map<std::string, double> metrics;
  std::istringstream in(output);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    const std::size_t sign = line.find('=');
    if (sign == std::string::npos || !is_name(line.substr(0, sign))) continue;
    const std::string text = line.substr(sign + 1);
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    if (text.empty() || *end != '\0') continue;
    metrics[line.substr(0, sign)] = value;
  }
  return metrics;
}

std::vector<MetricVerdict> judge(const grader::MilestonePart& part,
                                 const std::map<std::string, double>& metrics) {
  std::vector<MetricVerdict> verdicts;
  for (const auto& [name, threshold] : part.metrics) {
    MetricVerdict verdict{name, std::nullopt, threshold, false};
    const auto found = metrics.find(name);
    if (found != metrics.end()) {
      verdict.value = found->second;
      verdict.holds = within(found->second, threshold);
    }
    verdicts.push_back(verdict);
  }
  return verdicts;
}

std::string to_string(const grader::Threshold& threshold) {
  if (threshold.min && threshold.max) {
    return fmt::format("between {} and {}", *threshold.min, *threshold.max);
  }
  if (threshold.min) return fmt::format("at least {}", *threshold.min);
  if (threshold.max) return fmt::format("at most {}", *threshold.max);
  return "any";
}

bool MilestoneReport::achieved() const {
  return build.ok() && process.ok() &&
         std::all_of(metrics.begin(), metrics.end(),
                     [](const MetricVerdict& metric) { return metric.holds; });
}

MilestoneReport run_milestone(
    const Course& course, const grader::Milestone& milestone, std::size_t part,
    const std::vector<std::string>& arguments,
    const std::function<void(const std::string&)>& on_output,
    const Terminal& terminal) {
  const grader::Program program =
      milestone_program(course, milestone, milestone.parts[part]);
  require_compiler(course.toolchain);
  course.workspace.prepare();
  make_directories(program.directory);
  const FileLock lock(program.directory / "lock");
  MilestoneReport report;
  {
    const Activity activity(terminal, "Building " + milestone.title);
    report.build = grader::build(program, toolchain_for_milestones(course));
  }
  require_working_build(report.build);
  if (!report.build.ok()) return report;
  grader::Command command;
  command.argv = line_by_line(program.executable(), course.toolchain);
  command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
  command.directory = course.toolchain.course;
  // For programs that draw: framework/include/tinytorch/support/picture.hpp.
  const fs::path pictures = course.workspace.pictures();
  make_directories(pictures);
  command.environment = {"TINYTORCH_PICTURES=" + pictures.string()};
  command.on_output = on_output;
  report.process = grader::run(command);
  report.metrics =
      judge(milestone.parts[part], parse_metrics(report.process.output));
  return report;
}

}  // namespace tito
