// What cannot be searched for secrets: archives, and what a compiler made.
#pragma once

#include <filesystem>
#include <vector>

#include "dev/course.hpp"

namespace tito::release {

/// Of these files, relative to the root, the ones that begin as an archive or
/// as compiled code does and that git does not track: nobody put them there to
/// be handed out.
std::vector<std::filesystem::path> unsearchable(
    const dev::Course& course, const std::vector<std::filesystem::path>& files);

}  // namespace tito::release
