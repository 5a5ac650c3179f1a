#include "grader/cluster/slurm.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <regex>
#include <sstream>

#include "grader/process.hpp"

namespace grader {
namespace {

/// A controller that is being restarted lets its clients wait.
constexpr auto kAnswersWithin = std::chrono::minutes(2);

ProcessResult run_slurm(std::vector<std::string> argv) {
  Command command;
  command.argv = std::move(argv);
  command.environment = {"LC_ALL=C"};
  Limits limits;
  limits.wall = kAnswersWithin;
  return run(command, limits);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (line.find_first_not_of(" \t\r") != std::string::npos) {
      lines.push_back(line);
    }
  }
  return lines;
}

std::string words_of(const ProcessResult& result) {
  if (result.end == ProcessResult::End::wall_limit) {
    return "it does not answer";
  }
  return fmt::format("{}",
                     fmt::join(lines_of(result.error + result.output), "; "));
}

std::vector<std::string> for_job(const char* program, const SlurmJob& job) {
  std::vector<std::string> argv = {program};
  if (!job.cluster.empty()) argv.push_back("--clusters=" + job.cluster);
  return argv;
}

}  // namespace

std::optional<SlurmJob> parse_submission(const std::string& output) {
  static const std::regex pattern("([1-9][0-9]*)(?:;([A-Za-z0-9_.-]+))?");
  std::optional<SlurmJob> job;
  for (const std::string& line : lines_of(output)) {
    std::smatch match;
    if (!std::regex_match(line, match, pattern)) continue;
    if (job) return std::nullopt;
    job = SlurmJob{match[1], match[2]};
  }
  return job;
}

bool lists_work(const std::string& output) {
  static const std::regex element("([A-Z_]+)( .*)?");
  static const std::regex over(
      "(BOOT_FAIL|CANCELLED|COMPLETED|DEADLINE|FAILED|NODE_FAIL|OUT_OF_MEMORY|"
      "PREEMPTED|REVOKED|TIMEOUT) .*|PENDING .*requeued.held.*");
  bool work = false;
  for (const std::string& line : lines_of(output)) {
    if (line.starts_with("CLUSTER: ")) continue;
    if (!std::regex_match(line, element)) {
      throw SlurmError("squeue printed: " + line);
    }
    work = work || !std::regex_match(line, over);
  }
  return work;
}

std::string array_text(const std::vector<std::size_t>& elements) {
  return fmt::format("{}", fmt::join(elements, ","));
}

SlurmJob submit(const SlurmArray& array) {
  std::vector<std::string> argv = {"sbatch"};
  argv.insert(argv.end(), array.site_options.begin(), array.site_options.end());
  // After the site's: an array under another name would not be found again.
  for (const std::string& own :
       {std::string("--parsable"), std::string("--requeue"),
        std::string("--open-mode=append"), std::string("--output=log-%a.txt"),
        std::string("--error=log-%a.txt"), "--job-name=" + array.name,
        "--array=" + array_text(array.elements),
        "--chdir=" + array.folder.string(), array.script.string()}) {
    argv.push_back(own);
  }
  argv.insert(argv.end(), array.arguments.begin(), array.arguments.end());
  const ProcessResult result = run_slurm(argv);
  const auto job = parse_submission(result.output);
  if (result.ok() && job) return *job;
  // It may have taken it all the same: the answer was late, or garbled.
  cancel_by_name(array.name);
  throw SlurmError(
      fmt::format("sbatch does not take the job: {}. Options for your cluster: "
                  "--slurm-option=--partition=NAME, ...; see: sinfo",
                  words_of(result)));
}

bool is_queued(const SlurmJob& job) {
  auto argv = for_job("squeue", job);
  for (const char* option : {"--noheader", "--array", "--format=%T %r"}) {
    argv.emplace_back(option);
  }
  argv.push_back("--jobs=" + job.id);
  const ProcessResult result = run_slurm(argv);
  if (result.ok()) return lists_work(result.output);
  // Slurm forgets jobs some minutes after their end.
  const bool forgotten =
      result.output.find("Invalid job id specified") != std::string::npos;
  if (forgotten) return false;
  throw SlurmError(fmt::format("squeue cannot tell of job {}: {}", job.id,
                               words_of(result)));
}

bool is_known(const std::string& name) {
  const ProcessResult result = run_slurm(
      {"squeue", "--noheader", "--array", "--format=%T", "--name=" + name});
  return !result.ok() || !lines_of(result.output).empty();
}

void cancel(const SlurmJob& job) {
  auto argv = for_job("scancel", job);
  argv.insert(argv.end(), {"--quiet", job.id});
  run_slurm(argv);
}

void cancel_by_name(const std::string& name) {
  run_slurm({"scancel", "--quiet", "--name=" + name});
}

}  // namespace grader
