// Which verdicts a cluster shall make, and how they are dealt to its nodes.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "grader/cluster/job_folder.hpp"
#include "grader/grade.hpp"

namespace grader {

struct Wanted {
  Entry entry;  ///< with an absolute path
  /// Keys of verdicts, with the places of their modules in Grader::modules().
  std::map<std::string, std::size_t> verdicts;
};

/// Entries with verdicts that the cache does not know. Equal work of two
/// students is wanted once. What cannot be read is left to the head.
std::vector<Wanted> wanted_verdicts(const Grader& grader,
                                    const std::vector<Entry>& entries,
                                    const VerdictCache& cache);

/// Into `shards` parts of nearly equal size; 0: of about eight. At most 1000,
/// which is what Slurm takes in an array unless told otherwise.
std::vector<std::vector<Wanted>> deal(std::vector<Wanted> wanted,
                                      std::size_t shards);

Shard shard_of(const std::vector<Wanted>& wanted);

}  // namespace grader
