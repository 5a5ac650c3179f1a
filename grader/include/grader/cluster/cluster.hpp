// Grading on the nodes of a Slurm cluster. The nodes make verdicts and nothing
// else: whoever knows all of them grades in a moment, with the same result as
// without a cluster.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "grader/cluster/job_folder.hpp"
#include "grader/cluster/slurm.hpp"
#include "grader/grade.hpp"

namespace grader {

struct ClusterOptions {
  std::filesystem::path shared;  ///< a folder that head and nodes see
  std::size_t shards = 0;        ///< 0: about eight submissions for each
  std::vector<std::string> slurm_options;  ///< for sbatch, as they are
  std::filesystem::path tito;              ///< the program, as nodes see it
  /// A controller may be restarted or moved while jobs run on, and so may the
  /// server of the shared folder.
  std::chrono::seconds patience = std::chrono::minutes(10);
  /// An array was submitted. Whoever ends this process must cancel it.
  std::function<void(const SlurmJob& job, const JobFolder& folder)>
      on_submitted;
  /// Verdicts that have arrived, of those that are wanted.
  std::function<void(std::size_t arrived, std::size_t wanted)> on_progress;
};

struct ClusterResult {
  std::set<std::string> arrived;  ///< keys of verdicts, all of them stored
  /// Verdicts that no node could make, by key: infrastructure errors that say
  /// why, with the log. The folder of the job stays for as long as the next
  /// call does not remove it.
  std::map<std::string, ModuleGrade> lost;
};

/// Has a cluster make the verdicts that `cache` does not know, and stores each
/// as soon as it arrives. Shards that fail are submitted again, twice. First
/// takes over what an earlier call with the same key left behind, and cancels
/// its jobs, unless that call still lives.
/// @throws SlurmError, ClusterError  nothing is lost that has arrived
ClusterResult grade_on_cluster(const Grader& grader,
                               const std::vector<Entry>& entries,
                               const VerdictCache& cache,
                               const ClusterOptions& options);

}  // namespace grader
