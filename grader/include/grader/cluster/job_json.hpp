// A cluster's job and its shards as JSON, and back.
#pragma once

#include <string>

#include "grader/cluster/job_folder.hpp"

namespace grader {

std::string to_json_text(const ClusterJob& job);
std::string to_json_text(const Shard& shard);

/// @throws ClusterError  if the text is no such thing
ClusterJob cluster_job_from_json(const std::string& text);
Shard shard_from_json(const std::string& text);

}  // namespace grader
