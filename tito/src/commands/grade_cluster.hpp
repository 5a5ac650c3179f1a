// `tito grade run --backend slurm`: options, and the head's side of the work.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "commands/commands.hpp"
#include "commands/grade_report.hpp"
#include "grader/cluster/cluster.hpp"
#include "grader/gradebook/gradebook.hpp"

namespace tito {

struct ClusterWords {
  std::string backend = "local";
  std::size_t shards = 0;
  std::vector<std::string> slurm_options;
  std::string shared;

  bool slurm() const { return backend == "slurm"; }
};

void add_cluster_options(CLI::App& command, ClusterWords& words);

/// @throws UsageError  if options of a cluster are given without one
/// @throws EnvironmentError  if there is no Slurm, or no shared folder
void check_cluster_options(const ClusterWords& words, const App& app);

/// Has the cluster fill `cache`, which is the gradebook's, and says what it
/// could not do. Ctrl-C cancels the jobs.
grader::ClusterResult run_on_cluster(const grader::Grader& grader,
                                     const std::vector<grader::Entry>& entries,
                                     const grader::Gradebook& book,
                                     const ClusterWords& words,
                                     const grader::VerdictCache& cache,
                                     const GradingScratch& scratch, App& app);

/// The cache, in which lost verdicts are known as what they are: nothing that
/// a cluster was to do is done here.
grader::VerdictCache with_lost(grader::VerdictCache cache,
                               const grader::ClusterResult& result);

}  // namespace tito
