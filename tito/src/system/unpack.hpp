// Taking the files we need out of a .tar.gz.
#pragma once

#include <filesystem>
#include <vector>

#include "system/dataset.hpp"

namespace tito {

/// Unpacks these members, and nothing else, into `folder`, without their
/// directories. None gets its name before its size and checksum are right.
/// @throws EnvironmentError  if the archive is damaged, lacks a member or
///   holds another of that name, or if `folder` cannot be written
void unpack(const std::filesystem::path& archive,
            const std::vector<DataFile>& members,
            const std::filesystem::path& folder);

}  // namespace tito
