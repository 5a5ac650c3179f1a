// The files of a course.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace tito::dev {

/// The files below `folder` whose names end in one of `endings` (none: all),
/// sorted; without what git or a build put there. Empty if there is no such
/// folder.
std::vector<std::filesystem::path> files_below(
    const std::filesystem::path& folder,
    const std::vector<std::string>& endings = {});

/// The folders directly inside `folder`, by name, sorted.
std::vector<std::string> folders_in(const std::filesystem::path& folder);

}  // namespace tito::dev
