// A node's part of the work.
#pragma once

#include <filesystem>

#include "grader/cluster/job_folder.hpp"
#include "grader/curriculum.hpp"
#include "grader/toolchain.hpp"

namespace grader {

/// Grades a shard, verdict by verdict, except what an earlier attempt graded,
/// and marks it done. `scratch` is as for Grader.
/// @throws ClusterError  if this node's course is not the head's, or if the
/// verdicts that are wanted could not all be made
void grade_shard(const JobFolder& folder, std::size_t index,
                 const Curriculum& curriculum, const Toolchain& toolchain,
                 const std::filesystem::path& scratch);

}  // namespace grader
