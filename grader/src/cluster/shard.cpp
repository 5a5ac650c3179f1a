#include "grader/cluster/shard.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

#include "grader/batch.hpp"
#include "grader/cluster/verdict_log.hpp"

namespace grader {
namespace {

namespace fs = std::filesystem;

void require_same_release(const Grader& grader, const ClusterJob& job) {
  if (grader.release() == job.release) return;
  throw ClusterError(fmt::format(
      "this node's course is not the one that the job was made for (release "
      "{:.12} here, {:.12} there): its compiler or its files differ",
      grader.release(), job.release));
}

/// What this attempt and earlier ones have graded.
std::map<std::string, ModuleGrade> graded(const JobFolder& folder,
                                          std::size_t index) {
  std::map<std::string, ModuleGrade> known;
  for (auto& [key, grade] : VerdictReader(folder.path(), index).read_new()) {
    known.emplace(key, std::move(grade));
  }
  return known;
}

VerdictCache cache_of(const std::set<std::string>& wanted,
                      const std::map<std::string, ModuleGrade>& known,
                      VerdictLog& log) {
  VerdictCache cache;
  cache.find = [&](const std::string& key) -> std::optional<ModuleGrade> {
    // The head knows it: any grade will do here.
    if (!wanted.contains(key)) return ModuleGrade{};
    const auto found = known.find(key);
    if (found == known.end()) return std::nullopt;
    return found->second;
  };
  cache.store = [&](const std::string& key, const ModuleGrade& grade) {
    log.append(key, grade);
  };
  return cache;
}

/// "ada: REASON" for each submission that could not be graded.
std::string troubles(const std::vector<SubmissionGrade>& grades) {
  std::string text;
  for (const SubmissionGrade& grade : grades) {
    for (const ModuleGrade& module : grade.modules) {
      if (module.outcome != Outcome::infrastructure_error) continue;
      text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", grade.id,
                          module.detail);
      break;
    }
  }
  return text;
}

void require_verdicts(const std::set<std::string>& wanted,
                      const std::map<std::string, ModuleGrade>& made,
                      const std::string& trouble) {
  for (const std::string& key : wanted) {
    if (made.contains(key)) continue;
    throw ClusterError(
        trouble.empty() ? "the submissions here are not those that the head saw"
                        : trouble);
  }
}

}  // namespace

void grade_shard(const JobFolder& folder, std::size_t index,
                 const Curriculum& curriculum, const Toolchain& toolchain,
                 const fs::path& scratch) {
  const ClusterJob job = folder.job();
  const Shard shard = folder.shard(index);
  const Grader grader(curriculum, toolchain, job.options, scratch);
  require_same_release(grader, job);
  const auto known = graded(folder, index);
  BatchOptions batch;
  VerdictLog log(folder.path(), index);
  batch.cache = cache_of(shard.keys, known, log);
  const auto grades = grade_all(grader, shard.entries, batch);
  require_verdicts(shard.keys, graded(folder, index), troubles(grades));
  folder.mark_done(index);
}

}  // namespace grader
