// Writing .zip archives.
#pragma once

#include <string>
#include <vector>

namespace tito {

struct PackedFile {
  std::string path;  ///< inside the archive
  std::string text;
  bool executable = false;
};

/// The bytes of an archive that holds these files in this order, all as new as
/// the archive.
/// @throws EnvironmentError
std::string zip(const std::vector<PackedFile>& files);

}  // namespace tito
